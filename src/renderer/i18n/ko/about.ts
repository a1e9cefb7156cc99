import type { about as en } from '../en/about.ts'
import type { Shape } from '../shape.ts'

export const about: Shape<typeof en> = {
  title: '정보',
  what: '여러 거래소의 시세를 한 번에 보고, 초 단위로 잘라 발행·저장·내보내는 데스크톱 모니터입니다.',
  version: '버전',
  host: '실행 방식',
  hostName: { electron: '데스크톱 앱', headless: '로컬 서버와 브라우저' },
  mode: '모드',
  modeName: { live: '실시간', demo: '데모, 가상 시세' },
  started: '엔진 시작',
  licence: '라이선스',
  charts: '차트',
  chartsText: 'TradingView Lightweight Charts™, copyright 2025 TradingView, Inc.',
  notices: '오픈 소스 고지',
  noticesText: 'Tapedeck은 아래 자유 소프트웨어로 만들었습니다. 각각의 라이선스에 따라 씁니다.',
  noAdvice: 'Tapedeck은 거래소가 공개한 정보를 보여 줄 뿐, 투자를 권하거나 주문을 내지 않습니다.',
  keysTitle: '단축키',
  keysNone: '단축키 없음',
}
