import type { faults as en } from '../en/faults.ts'
import type { Shape } from '../shape.ts'

export const faults: Shape<typeof en> = {
  'connect-refused': {
    what: '서버가 연결을 거부합니다.',
    cure: '자동으로 다시 시도합니다. 계속되면 방화벽이나 설정의 프록시를 확인하세요.',
  },
  'connect-timeout': {
    what: '서버가 응답하지 않습니다.',
    cure: '자동으로 다시 시도합니다. 네트워크를 확인하거나 설정에서 프록시를 지정하세요.',
  },
  'dns-failed': { what: '서버 이름을 찾지 못했습니다.', cure: '네트워크와 DNS를 확인하세요.' },
  'tls-failed': {
    what: '서버 인증서를 신뢰할 수 없습니다.',
    cure: '통신을 검사하는 네트워크라면 설정에서 CA 파일을 지정하세요.',
  },
  'proxy-failed': { what: '프록시가 응답하지 않습니다.', cure: '설정의 프록시 주소를 확인하세요.' },
  'handshake-rejected': { what: '서버가 연결을 거절했습니다.', cure: '자동으로 다시 시도합니다.' },
  'region-blocked': {
    what: '거래소가 이 국가에 서비스하지 않습니다.',
    cure: '설정에서 이 거래소를 끄거나 프록시를 지정하세요.',
  },
  'rate-limited': { what: '거래소가 잠시 쉬라고 합니다.', cure: '기다렸다가 자동으로 이어 갑니다.' },
  banned: { what: '거래소가 이 주소를 잠시 차단했습니다.', cure: '차단이 풀릴 때까지 기다립니다.' },
  'socket-closed': { what: '연결이 닫혔습니다.', cure: '자동으로 다시 연결합니다.' },
  'socket-dead': { what: '연결은 열려 있으나 데이터가 없습니다.', cure: '자동으로 다시 연결합니다.' },
  'market-silent': { what: '평소와 달리 데이터가 없습니다.', cure: '자동으로 다시 구독합니다.' },
  'book-broken': {
    what: '호가 변경분이 빠져 호가를 믿을 수 없습니다.',
    cure: '자동으로 다시 받습니다. 체결에는 영향이 없습니다.',
  },
  'clock-off': {
    what: '이 컴퓨터의 시계가 30초 넘게 틀립니다.',
    cure: '인터넷 시간으로 맞추세요. 60초가 넘으면 Gate.io가 요청을 거절하고, 지연도 알 수 없습니다.',
  },
  'market-refused': { what: '거래소가 이 종목을 제공하지 않습니다.', cure: '관심종목에서 빼세요.' },
  'venue-error': { what: '거래소가 오류를 알렸습니다.', cure: '자동으로 다시 시도합니다.' },
  'over-budget': {
    what: '이 컴퓨터가 처리할 수 있는 양을 넘어 소스를 멈췄습니다.',
    cure: '이 거래소의 종목을 줄이세요.',
  },
  'decoder-failed': {
    what: '알 수 없는 형식의 프레임입니다.',
    cure: 'Tapedeck을 업데이트하세요. 표본은 상태 화면에 남습니다.',
  },
  'feed-gone': {
    what: '피드가 (더 이상) 없거나 접근할 수 없습니다.',
    cure: '가끔 다시 확인합니다. 계속 없으면 설정에서 끄세요.',
  },
  'feed-unreadable': {
    what: '피드가 응답하지만 알려진 형식이 아닙니다.',
    cure: '자동으로 다시 확인합니다. 계속되면 형식이 바뀐 것이니 Tapedeck을 업데이트하세요.',
  },
  'needs-key': {
    what: '키가 필요한 소스입니다.',
    cure: '설정에서 키를 입력하세요. 그 전에는 아무것도 요청하지 않습니다.',
  },
  'key-refused': {
    what: '소스가 키를 받아들이지 않습니다.',
    cure: '설정에서 앱 키, 시크릿과 실전·모의 선택이 서로 맞는지 확인하세요.',
  },
  'key-in-use': {
    what: '다른 프로그램이 이 키로 연결되어 있습니다.',
    cure: '키 하나로는 한 번만 연결할 수 있습니다. 다른 연결을 닫으세요. 그때까지는 폴링으로 받습니다.',
  },
  'disk-full': {
    what: '디스크가 가득 차 저장하지 못합니다.',
    cure: '공간을 확보하면 저장이 자동으로 이어집니다.',
  },
  'disk-failed': { what: '디스크에 쓸 수 없습니다.', cure: '디스크와 데이터 폴더의 권한을 확인하세요.' },
  'journal-quota': {
    what: '저널이 상한에 닿아 가장 오래된 기록부터 버리며, 모두 집계합니다.',
    cure: '데이터 화면에서 상한을 올리거나 저장소가 밀린 이유를 확인하세요.',
  },
  'store-newer': { what: '더 새로운 Tapedeck이 만든 저장소입니다.', cure: 'Tapedeck을 업데이트하세요.' },
  'store-damaged': { what: '저장소가 손상되었습니다.', cure: '백업을 복원하거나 다른 데이터 폴더를 고르세요.' },
  'folder-locked': {
    what: '다른 Tapedeck이 이 데이터 폴더를 쓰고 있습니다.',
    cure: '그 창을 닫거나 다른 폴더를 고르세요.',
  },
  'backup-running': {
    what: '이미 백업하고 있습니다.',
    cure: '끝날 때까지 기다리거나 멈추세요.',
  },
  'backup-room': {
    what: '백업할 공간이 모자랍니다.',
    cure: '공간을 확보하거나 보관할 백업 수를 줄이세요. 수집과 저장은 계속됩니다.',
  },
  'backup-damaged': {
    what: '백업이 손상되어 복원할 수 없습니다.',
    cure: '다른 백업을 고르세요. 손상된 것은 지워도 됩니다.',
  },
  'cluster-away': {
    what: 'Kafka 클러스터가 응답하지 않습니다.',
    cure: '기록은 디스크에 보관했다가 돌아오면 보냅니다. Kafka 화면의 연결 진단을 확인하세요.',
  },
  'sasl-failed': {
    what: 'Kafka 클러스터가 이 사용자나 비밀번호를 받아들이지 않습니다.',
    cure: 'Kafka의 연결 설정에서 비밀번호를 다시 입력하세요.',
  },
  'not-authorized': {
    what: '이 사용자는 Kafka 클러스터에서 권한이 부족합니다.',
    cure: '클러스터 관리자가 줄 수 있습니다. 나머지 기능은 계속됩니다.',
  },
  'read-only': {
    what: '읽기 전용 프로필이라 쓰지 않습니다.',
    cure: '써야 한다면 프로필에서 읽기 전용을 끄세요.',
  },
  'unknown-topic': { what: '없는 토픽입니다.', cure: '만들거나 이름을 고치세요.' },
  'record-too-large': {
    what: '토픽이 받는 크기보다 큰 기록이라 따로 두었습니다.',
    cure: '토픽의 max.message.bytes를 올린 뒤 다시 보내세요.',
  },
  fenced: {
    what: '같은 신원의 다른 프로듀서가 넘겨받았습니다.',
    cure: '자동으로 다시 엽니다. 이 데이터 폴더의 사본을 쓰는 Tapedeck이 또 있는지 확인하세요.',
  },
  'listener-unreachable': {
    what: '브로커가 여기에서 닿지 않는 주소를 알려 줍니다.',
    cure: 'Kafka의 연결 설정에서 연결 진단을 실행하면 브로커와 해결 방법을 알려 줍니다.',
  },
  'group-active': {
    what: '그룹에 멤버가 있어 오프셋을 옮길 수 없습니다.',
    cure: '멤버를 먼저 멈추고 다시 시도하세요.',
  },
  'bad-request': { what: '요청이 올바르지 않습니다.', cure: '자세한 내용을 확인하세요.' },
  'bad-setting': { what: '설정 값이 올바르지 않습니다.', cure: '해당 칸을 고치세요.' },
  'unknown-command': { what: '엔진이 모르는 요청입니다.', cure: '페이지를 새로 고치세요.' },
  'not-found': { what: '더 이상 없습니다.', cure: '다시 시작하세요.' },
  'timed-out': { what: '제때 응답이 없습니다.', cure: '다시 시도하세요.' },
  'connection-lost': { what: '엔진과 연결이 끊겼습니다.', cure: '자동으로 다시 연결합니다.' },
  'desktop-only': { what: '데스크톱 앱에서만 됩니다.', cure: '앱을 설치하거나 --browser 없이 시작하세요.' },
  cancelled: { what: '취소했습니다.', cure: '남은 파일은 없습니다.' },
  internal: { what: 'Tapedeck에 오류가 있습니다.', cure: '상태 화면의 로그를 확인하세요.' },
}
