/** The shell's own words, for menus, tray, dialogs and notices of the system. */

export type Language = 'ko' | 'en'

const EN = {
  file: 'File',
  edit: 'Edit',
  view: 'View',
  window: 'Window',
  help: 'Help',
  show: 'Show Tapedeck',
  export: 'Export…',
  exportLayout: 'Export layout…',
  importLayout: 'Import layout…',
  settings: 'Settings',
  quit: 'Quit Tapedeck',
  trade: 'Trade',
  news: 'News',
  kafka: 'Kafka',
  health: 'Health',
  data: 'Data',
  search: 'Search…',
  theme: 'Switch theme',
  keys: 'All keys',
  about: 'About Tapedeck',
  diagnostics: 'Save diagnostics…',
  checkUpdates: 'Look for updates',
  installUpdate: 'Install {version} and restart',
  noData: 'no data yet',
  stateStarting: 'Engine: starting',
  stateRunning: 'Engine: running',
  stateRestarting: 'Engine: being started again',
  stateFailed: 'Engine: does not stay up',
  stateClosing: 'Engine: ending',
  hiddenTitle: 'Tapedeck goes on in the tray',
  hiddenText: 'Exchanges stay connected and data is kept. Quit it from the tray, or change this in Settings.',
  engineTitle: 'The engine ended unexpectedly',
  engineText: '{reason} It is started again by itself.',
  faultTitle: 'Tapedeck needs a look',
  updateTitle: 'Tapedeck {version} is ready',
  updateText: 'It is installed when you ask for it in Settings, not before.',
  layoutFile: 'Tapedeck layout',
  diagnosticsFile: 'Tapedeck diagnostics',
} as const

export type Words = Readonly<Record<keyof typeof EN, string>>

export const WORDS: Readonly<Record<Language, Words>> = {
  en: EN,
  ko: {
    file: '파일',
    edit: '편집',
    view: '보기',
    window: '창',
    help: '도움말',
    show: 'Tapedeck 열기',
    export: '내보내기…',
    exportLayout: '배치 내보내기…',
    importLayout: '배치 가져오기…',
    settings: '설정',
    quit: 'Tapedeck 종료',
    trade: '거래',
    news: '뉴스',
    kafka: 'Kafka',
    health: '상태',
    data: '데이터',
    search: '찾기…',
    theme: '테마 바꾸기',
    keys: '모든 단축키',
    about: 'Tapedeck 정보',
    diagnostics: '진단 파일 저장…',
    checkUpdates: '업데이트 확인',
    installUpdate: '{version} 설치 후 다시 시작',
    noData: '아직 데이터 없음',
    stateStarting: '엔진: 시작하는 중',
    stateRunning: '엔진: 실행 중',
    stateRestarting: '엔진: 다시 시작하는 중',
    stateFailed: '엔진: 계속 멈춤',
    stateClosing: '엔진: 끝내는 중',
    hiddenTitle: 'Tapedeck이 트레이에서 계속 실행됩니다',
    hiddenText: '거래소 연결과 저장은 계속됩니다. 트레이에서 종료하거나 설정에서 바꿀 수 있습니다.',
    engineTitle: '엔진이 예기치 않게 끝났습니다',
    engineText: '{reason} 저절로 다시 시작합니다.',
    faultTitle: 'Tapedeck을 확인해 주세요',
    updateTitle: 'Tapedeck {version} 준비됨',
    updateText: '설정에서 직접 설치할 때까지 설치하지 않습니다.',
    layoutFile: 'Tapedeck 배치',
    diagnosticsFile: 'Tapedeck 진단',
  },
}

/** Puts values in a text's braces. */
export function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)
}

/** The chosen language, else the system's, else English. */
export function languageOf(setting: Language | null | undefined, locale: string): Language {
  return setting ?? (locale.toLowerCase().startsWith('ko') ? 'ko' : 'en')
}
