import type { doctor as en } from '../en/doctor.ts'
import type { Shape } from '../shape.ts'

export const doctor: Shape<typeof en> = {
  title: '연결 진단',
  run: '연결 시험',
  again: '다시 진단',
  stop: '중지',
  failed: '8단계 중 {{number}}단계 실패: {{step}}',
  passed: '모두 정상입니다. 기록을 보내고 읽을 수 있습니다.',
  passedReadOnly: '모두 정상입니다. 기록을 읽을 수 있습니다.',
  waits: '{{number}}단계 다음에',
  running: '진행 중…',
  copy: '복사',
  copyReport: '보고서 복사',
  noPassword: '보고서에 비밀번호는 들어가지 않습니다.',
  cure: '해결',
  hosts: '브로커를 바꿀 수 없다면 이 컴퓨터의 hosts 파일에서 이름을 연결하세요.',
  table: { broker: '브로커', written: '입력한 주소', advertised: '브로커가 공지한 주소', reach: '접속' },
  steps: {
    dns: 'DNS',
    tcp: 'TCP',
    tls: 'TLS',
    sasl: '인증 (SASL)',
    metadata: '메타데이터',
    listeners: '브로커 공지 주소',
    produce: '보내기',
    fetch: '읽기',
  },
  reach: {
    yes: '됨',
    'not-found': '이름 없음',
    refused: '거부됨',
    'timed-out': '응답 없음',
    tls: 'TLS 실패',
    'sign-in': '인증 실패',
    silent: '연결 끊음',
    elsewhere: '다른 클러스터',
  },
  findings: {
    'dns-found': { what: '이름 {{total}}개 모두 찾음, {{host}}은(는) {{address}}' },
    'dns-literal': { what: '주소 {{total}}개, 찾을 이름 없음' },
    'dns-some': { what: '이름 {{total}}개 중 {{found}}개 찾음, 못 찾은 이름: {{missing}}' },
    'dns-not-found': {
      what: '{{host}}(이)라는 이름을 찾을 수 없습니다',
      cure: '철자를 확인하세요. 회사 내부 이름이라면 먼저 VPN에 연결하세요. IP 주소를 적어도 됩니다.',
    },
    'dns-no-server': {
      what: '{{host}}을(를) 물었으나 이름 서버가 응답하지 않습니다',
      cure: '이 컴퓨터의 네트워크를 확인하세요. IP 주소를 적어도 됩니다.',
    },

    'tcp-open': { what: '{{total}}대 모두 포트 응답, 첫 주소 {{address}}' },
    'tcp-some': { what: '{{total}}대 중 {{open}}대 응답, 닫힌 곳: {{closed}}' },
    'tcp-refused': {
      what: '{{address}}에서 연결을 거부합니다',
      cure: '컴퓨터는 있으나 그 포트에서 듣는 프로그램이 없습니다. Kafka를 시작하거나 포트를 고치세요. 컨테이너라면 포트를 공개해야 합니다.',
    },
    'tcp-timeout': {
      what: '{{address}}에서 {{seconds}}초 안에 응답이 없습니다',
      cure: '방화벽이나 보안 그룹이 막고 있거나 VPN이 꺼져 있습니다. 이 컴퓨터에 포트를 열어 주세요.',
    },
    'tcp-unreachable': {
      what: '여기서 {{address}}(으)로 가는 길이 없습니다 ({{error}})',
      cure: '이 컴퓨터의 네트워크와 VPN을 확인하세요.',
    },

    'tls-ok': { what: '{{version}}, {{issuer}} 발급 인증서 {{days}}일 남음' },
    'tls-soon': { what: '{{version}}, 인증서가 {{until}}에 끝납니다({{days}}일 남음)' },
    'tls-off': { what: '꺼짐: 암호화하지 않은 연결' },
    'tls-off-exposed': { what: '꺼짐: {{mechanism}}은(는) 비밀번호를 암호화 없이 보냅니다' },
    'tls-needed': {
      what: '{{address}}은(는) TLS를 쓰는데 프로필은 꺼져 있습니다',
      cure: '프로필에서 TLS를 켜거나 평문 리스너의 포트를 쓰세요.',
    },
    'tls-not-spoken': {
      what: '{{address}}은(는) 평문인데 프로필은 TLS를 요구합니다',
      cure: '프로필에서 TLS를 끄거나 TLS 리스너의 포트를 쓰세요.',
    },
    'tls-expired': {
      what: '{{subject}} 인증서가 {{until}}에 만료되었습니다',
      cure: '브로커에서 인증서를 갱신해야 합니다. 이 컴퓨터의 시계가 틀렸다면 맞추세요.',
    },
    'tls-not-yet': {
      what: '{{subject}} 인증서는 {{from}}부터 유효합니다',
      cure: '이 컴퓨터의 시계를 확인하세요.',
    },
    'tls-wrong-host': {
      what: '인증서가 {{host}}용이 아니라 {{names}}용입니다',
      cure: '인증서에 있는 이름을 브로커 주소로 쓰거나 프로필의 서버 이름에 적으세요.',
    },
    'tls-unknown-ca': {
      what: '인증서 발급자 {{issuer}}을(를) 이 컴퓨터가 신뢰하지 않습니다',
      cure: '발급자의 인증서(PEM)를 프로필의 CA 파일로 지정하세요. 아래 명령으로 브로커가 보내는 인증서를 볼 수 있습니다. 브로커 인증서의 SHA-256은 {{fingerprint}}입니다.',
    },
    'tls-self-signed': {
      what: '{{subject}} 인증서는 스스로 서명한 것입니다',
      cure: '그 인증서(PEM)를 프로필의 CA 파일로 지정하세요. 아래 명령으로 볼 수 있으며 SHA-256은 {{fingerprint}}이어야 합니다.',
    },
    'tls-client-needed': {
      what: '{{address}}에서 클라이언트 인증서를 요구합니다',
      cure: '프로필에 클라이언트 인증서와 키를 지정하세요. 클러스터 운영자가 발급합니다.',
    },
    'tls-client-refused': {
      what: '{{address}}에서 클라이언트 인증서를 받지 않습니다 ({{error}})',
      cure: '브로커가 신뢰하는 기관이 발급했고 오늘 유효한 인증서여야 합니다.',
    },
    'tls-version': {
      what: '{{address}}과(와) 이 컴퓨터에 공통된 TLS 버전이 없습니다',
      cure: '브로커가 TLS 1.2 이상을 허용해야 합니다 (ssl.enabled.protocols).',
    },
    'tls-closed': {
      what: 'TLS 연결 도중 {{address}}에서 끊었습니다',
      cure: 'Kafka의 TLS 리스너가 아니거나 중간 장비가 TLS를 끊는 것일 수 있습니다. 포트를 확인하세요.',
    },
    'tls-file': {
      what: '{{field}} {{path}}을(를) 쓸 수 없습니다 ({{reason}})',
      cure: '존재하고 읽을 수 있으며 PEM 형식인 파일을 고르세요.',
    },
    'tls-key-locked': { what: '암호로 키 {{path}}을(를) 열 수 없습니다', cure: '키의 암호를 다시 입력하세요.' },
    'tls-key-other': {
      what: '키 {{path}}은(는) 이 인증서의 키가 아닙니다',
      cure: '클라이언트 인증서와 함께 만든 키를 고르세요.',
    },
    'tls-failed': {
      what: '{{address}}과(와) TLS 연결 실패 ({{error}})',
      cure: '포트와 프로필의 파일을 확인하세요.',
    },

    'sasl-ok': { what: '{{mechanism}}(으)로 {{username}} 확인' },
    'sasl-off': { what: '필요 없음: 누구나 접속할 수 있는 클러스터' },
    'sasl-needed': {
      what: '클러스터가 인증을 요구합니다 ({{enabled}})',
      cure: '프로필에서 방식을 고르고 사용자와 비밀번호를 입력하세요.',
    },
    'sasl-not-taken': {
      what: '{{address}}은(는) 인증을 받지 않습니다',
      cure: '프로필에서 인증을 끄거나 SASL 리스너의 포트를 쓰세요.',
    },
    'sasl-mechanism': {
      what: '{{mechanism}} 방식은 꺼져 있습니다. 켜진 방식: {{enabled}}',
      cure: '프로필에서 켜진 방식 중 하나를 고르세요.',
    },
    'sasl-no-password': { what: '{{mechanism}}에 쓸 비밀번호가 없습니다', cure: '프로필에 비밀번호를 입력하세요.' },
    'sasl-refused': {
      what: '사용자 {{username}} 또는 비밀번호가 틀립니다 ({{mechanism}}: {{said}})',
      cure: '비밀번호를 다시 입력하세요. SCRAM 사용자는 바로 이 방식으로 등록되어 있어야 합니다.',
    },
    'sasl-token': {
      what: '{{url}}에서 토큰을 받지 못했습니다 ({{reason}})',
      cure: '토큰 주소와 클라이언트 ID, 클라이언트 시크릿을 확인하세요.',
    },
    'sasl-token-refused': {
      what: '클러스터가 토큰을 받지 않습니다 ({{said}})',
      cure: '토큰의 발급자, 대상(audience), 범위(scope)가 브로커 설정과 같아야 합니다.',
    },

    'metadata-ok': { what: '브로커 {{brokers}}대, 토픽 {{topics}}개, 클러스터 {{cluster}}' },
    'metadata-controller': {
      what: '{{address}}은(는) 클라이언트를 받지 않는 컨트롤러입니다',
      cure: '브로커의 포트를 쓰세요. 흔히 9092가 브로커, 9093이 컨트롤러입니다.',
    },
    'metadata-empty': {
      what: '{{address}}에서 알려 준 브로커가 없습니다',
      cure: '클러스터가 시작하는 중이거나 브로커를 잃었습니다. 브로커 로그를 본 뒤 다시 시도하세요.',
    },

    'listeners-ok': { what: '브로커 {{total}}대 모두 공지한 주소에서 응답' },
    'listener-loopback': {
      what: '브로커 {{broker}}이(가) 접속하라는 {{advertised}}은(는) 각자 자기 컴퓨터를 뜻합니다',
      cure: '클라이언트마다 자기 자신에게 접속하게 됩니다. 클라이언트가 쓰는 이름을 공지하도록 바꾸고 브로커를 다시 시작하세요.',
    },
    'listener-container': {
      what: '브로커 {{broker}}이(가) 접속하라는 {{advertised}}은(는) 컨테이너 네트워크 안에서만 아는 이름입니다',
      cure: '리스너를 둘로 나누세요. 하나는 다른 컨테이너용, 하나는 바깥용입니다. KRaft라면 쓰던 CONTROLLER 리스너를 그대로 두고, 아니라면 빼세요. 그다음 다시 시작하세요.',
    },
    'listener-not-found': {
      what: '브로커 {{broker}}이(가) 접속하라는 {{advertised}}을(를) 이 컴퓨터에서 찾을 수 없습니다',
      cure: '클라이언트가 쓰는 이름을 공지하도록 바꾸고 브로커를 다시 시작하세요.',
    },
    'listener-refused': {
      what: '브로커 {{broker}}이(가) 접속하라는 {{advertised}}에서 듣는 프로그램이 없습니다',
      cure: '클라이언트가 쓰는 주소와 열린 포트를 공지하도록 바꾸고 브로커를 다시 시작하세요.',
    },
    'listener-timeout': {
      what: '브로커 {{broker}}이(가) 접속하라는 {{advertised}}에서 응답이 없습니다',
      cure: '사설 네트워크의 주소일 수 있습니다. 클라이언트가 갈 수 있는 주소를 공지하거나 방화벽을 여세요.',
    },
    'listener-tls': {
      what: '브로커 {{broker}}의 주소 {{advertised}}에서 TLS 실패 ({{error}})',
      cure: '브로커가 공지하는 이름도 인증서에 있어야 합니다. 또는 프로필에 서버 이름을 적으세요.',
    },
    'listener-sign-in': {
      what: '{{advertised}}의 브로커 {{broker}}이(가) 인증을 받지 않습니다 ({{said}})',
      cure: '모든 브로커의 사용자와 인증 방식이 같아야 합니다. 설정을 비교하세요.',
    },
    'listener-silent': {
      what: '브로커 {{broker}}의 주소 {{advertised}}에서 연결을 끊습니다',
      cure: '공지한 포트가 다른 리스너나 다른 프로그램의 것일 수 있습니다. listeners와 advertised.listeners를 비교하세요.',
    },
    'listener-elsewhere': {
      what: '브로커 {{broker}}이(가) 접속하라는 {{advertised}}에는 다른 클러스터가 있습니다 ({{cluster}}이(가) 아니라 {{other}})',
      cure: '두 클러스터가 같은 주소를 공지합니다. 이 브로커가 자기 주소를 공지하도록 바꾸고 다시 시작하세요.',
    },

    'produce-ok': { what: '{{topic}} 파티션 {{partition}} 오프셋 {{offset}}에 기록' },
    'produce-read-only': { what: '시도하지 않음: 읽기 전용 프로필' },
    'produce-no-right': {
      what: '{{resource}}에 대한 {{right}} 권한이 없습니다',
      cure: '클러스터 운영자가 tapedeck.으로 시작하는 모든 토픽에 권한을 줄 수 있습니다.',
    },
    'produce-replicas': {
      what: '{{topic}}의 동기화된 복제본이 모자라 기록을 받지 못합니다',
      cure: '꺼진 브로커가 있거나 min.insync.replicas가 복제본 수보다 큽니다. 브로커를 켜거나 프로필의 복제 수를 올리세요.',
    },
    'produce-replication': {
      what: '복제 수 {{replication}}은(는) 브로커 {{brokers}}대에 맞지 않습니다',
      cure: '프로필의 복제 수를 낮추세요.',
    },
    'produce-policy': {
      what: '클러스터 규칙이 이 토픽을 허용하지 않습니다: {{said}}',
      cure: '규칙에 맞게 프로필의 복제 수를 정하거나 클러스터 운영자에게 문의하세요.',
    },
    'produce-no-leader': {
      what: '{{topic}}에 리더가 없습니다',
      cure: '브로커가 시작하는 중이거나 꺼져 있습니다. 다시 시도하고, 계속되면 로그를 보세요.',
    },
    'produce-refused': { what: '클러스터가 거부합니다: {{error}}. {{said}}', cure: '브로커 로그를 확인하세요.' },

    'fetch-ok': { what: '{{topic}} 오프셋 {{offset}}에서 다시 읽음, 토픽은 지웠습니다' },
    'fetch-kept': { what: '{{topic}} 오프셋 {{offset}}에서 다시 읽음, 전부터 있던 토픽이라 그대로 둡니다' },
    'fetch-left': {
      what: '다시 읽었으나 {{topic}}을(를) 지우지 못했습니다 ({{error}})',
      cure: '기록은 한 시간 뒤 저절로 사라집니다. 지우려면:',
    },
    'fetch-read-only': { what: '{{topic}}을(를) 읽을 수 있습니다' },
    'fetch-no-topic': { what: '시도하지 않음: 읽을 토픽이 없습니다' },
    'fetch-no-right': {
      what: '{{resource}}에 대한 {{right}} 권한이 없습니다',
      cure: '클러스터 운영자가 권한을 줄 수 있습니다.',
    },
    'fetch-missing': {
      what: '{{topic}} 오프셋 {{offset}}의 기록이 방금 보낸 것이 아닙니다',
      cure: '누군가 방금 토픽을 새로 만들었습니다. 다시 시도하세요.',
    },
    'fetch-refused': { what: '클러스터가 거부합니다: {{error}}', cure: '브로커 로그를 확인하세요.' },

    closed: {
      what: '{{address}}에서 연결을 끊었습니다',
      cure: 'Kafka 리스너가 아니거나 다른 종류의 리스너일 수 있습니다. 포트를 확인하세요.',
    },
    'timed-out': {
      what: '{{address}}에 연결은 되었으나 {{seconds}}초 동안 아무 말이 없습니다',
      cure: '브로커가 멈췄거나 과부하이거나 다른 프로그램입니다. 브로커 로그를 확인하세요.',
    },
    foreign: {
      what: '{{address}}은(는) Kafka가 아닌 다른 것을 말합니다: {{said}}',
      cure: '다른 프로그램이 이 포트를 씁니다. 주소를 고치세요.',
    },
    unsupported: {
      what: '{{address}}이(가) {{request}} 요청을 모릅니다',
      cure: '너무 오래된 버전입니다. Kafka 3과 4에서 쓸 수 있습니다.',
    },
  },
  imported: {
    'no-brokers': 'bootstrap_servers가 없어, 이전 프로그램의 기본값인 localhost:9092를 넣었습니다.',
    'bad-broker': '{{field}}: "{{value}}"은(는) 주소가 아닙니다. 브로커는 host:port로 적습니다.',
    prefix: '{{field}} "{{value}}": 토픽 접두어를 "{{prefix}}"(으)로 정했습니다.',
    'prefix-left': '{{field}} "{{value}}"은(는) 옮기지 않았습니다. 여기서는 모든 토픽이 한 접두어로 시작합니다.',
    acks: 'producer.acks "{{value}}"은(는) 옮기지 않았습니다. 확인된 기록을 잃지 않도록 언제나 모든 복제본을 기다립니다.',
    retries:
      'producer.retries {{value}}은(는) 옮기지 않았습니다. 기록은 디스크에 남아 클러스터가 받을 때까지 계속 보냅니다.',
    'batch-size':
      'producer.batch_size {{value}}은(는) 옮기지 않았습니다. 묶음은 부하에 따라 커집니다. CSV 묶음의 건수는 따로 정할 수 있습니다.',
    timeout: '{{field}} {{value}}은(는) 옮기지 않았습니다. 연결은 스스로 살피고 다시 잇습니다.',
    'auto-commit':
      'consumer.enable_auto_commit true는 반대로 바꾸었습니다. 오프셋은 저장한 뒤에 커밋합니다. 시간에 맞춰 커밋하면 읽고 아직 저장하지 못한 기록을 종료 때 잃습니다.',
    'commit-interval': '{{field}} {{value}}은(는) 옮기지 않았습니다. 저장할 때마다 오프셋을 커밋합니다.',
    'offset-reset':
      'consumer.auto_offset_reset "{{value}}"은(는) 옮기지 않았습니다. earliest나 latest여야 하며, earliest로 정했습니다.',
    compression:
      'producer.compression_type "{{value}}"은(는) 옮기지 않았습니다. none, gzip, snappy, lz4, zstd 중 하나여야 합니다.',
    security: '{{field}} "{{value}}"은(는) 알 수 없어 옮기지 않았습니다.',
    password: '{{field}}은(는) 옮기지 않았습니다. 비밀번호는 설정에 두지 않으니 비밀번호 칸에 입력하세요.',
    unknown: '{{field}}은(는) 옮기지 않았습니다. 그런 설정이 없습니다.',
  },
}
