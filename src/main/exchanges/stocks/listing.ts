/**
 * The stocks that can be found by name: the venues that tell stocks offer no list without a key, so the common ones stand
 * here, with the names under which they are known. Another one can be watched by its code all the same. README.md says how
 * the list was chosen.
 */

/** A share, where it is listed, and its names. `board` is KOSPI or KOSDAQ in Seoul; NAS, NYS or AMS in New York. */
export interface Stock {
  readonly code: string
  readonly board: 'KOSPI' | 'KOSDAQ' | 'NAS' | 'NYS' | 'AMS'
  readonly ko: string
  readonly en: string
}

type Row = readonly [code: string, ko: string, en: string]

const KOSPI: readonly Row[] = [
  ['005930', '삼성전자', 'Samsung Electronics'],
  ['005935', '삼성전자우', 'Samsung Electronics Pref'],
  ['000660', 'SK하이닉스', 'SK hynix'],
  ['373220', 'LG에너지솔루션', 'LG Energy Solution'],
  ['207940', '삼성바이오로직스', 'Samsung Biologics'],
  ['005380', '현대차', 'Hyundai Motor'],
  ['000270', '기아', 'Kia'],
  ['068270', '셀트리온', 'Celltrion'],
  ['105560', 'KB금융', 'KB Financial Group'],
  ['055550', '신한지주', 'Shinhan Financial Group'],
  ['086790', '하나금융지주', 'Hana Financial Group'],
  ['316140', '우리금융지주', 'Woori Financial Group'],
  ['035420', 'NAVER', 'Naver'],
  ['035720', '카카오', 'Kakao'],
  ['005490', 'POSCO홀딩스', 'POSCO Holdings'],
  ['012450', '한화에어로스페이스', 'Hanwha Aerospace'],
  ['329180', 'HD현대중공업', 'HD Hyundai Heavy Industries'],
  ['042660', '한화오션', 'Hanwha Ocean'],
  ['009540', 'HD한국조선해양', 'HD Korea Shipbuilding & Offshore Engineering'],
  ['010140', '삼성중공업', 'Samsung Heavy Industries'],
  ['034020', '두산에너빌리티', 'Doosan Enerbility'],
  ['012330', '현대모비스', 'Hyundai Mobis'],
  ['028260', '삼성물산', 'Samsung C&T'],
  ['006400', '삼성SDI', 'Samsung SDI'],
  ['009150', '삼성전기', 'Samsung Electro-Mechanics'],
  ['051910', 'LG화학', 'LG Chem'],
  ['066570', 'LG전자', 'LG Electronics'],
  ['003550', 'LG', 'LG Corp'],
  ['034730', 'SK', 'SK Inc'],
  ['402340', 'SK스퀘어', 'SK Square'],
  ['017670', 'SK텔레콤', 'SK Telecom'],
  ['030200', 'KT', 'KT Corp'],
  ['096770', 'SK이노베이션', 'SK Innovation'],
  ['010950', 'S-Oil', 'S-Oil'],
  ['015760', '한국전력', 'Korea Electric Power'],
  ['032830', '삼성생명', 'Samsung Life Insurance'],
  ['000810', '삼성화재', 'Samsung Fire & Marine Insurance'],
  ['138040', '메리츠금융지주', 'Meritz Financial Group'],
  ['024110', '기업은행', 'Industrial Bank of Korea'],
  ['323410', '카카오뱅크', 'KakaoBank'],
  ['011200', 'HMM', 'HMM'],
  ['003490', '대한항공', 'Korean Air'],
  ['010130', '고려아연', 'Korea Zinc'],
  ['033780', 'KT&G', 'KT&G'],
  ['259960', '크래프톤', 'Krafton'],
  ['352820', '하이브', 'HYBE'],
  ['090430', '아모레퍼시픽', 'Amorepacific'],
  ['064350', '현대로템', 'Hyundai Rotem'],
  ['079550', 'LIG넥스원', 'LIG Nex1'],
  ['047810', '한국항공우주', 'Korea Aerospace Industries'],
  ['267260', 'HD현대일렉트릭', 'HD Hyundai Electric'],
  ['298040', '효성중공업', 'Hyosung Heavy Industries'],
  ['042700', '한미반도체', 'Hanmi Semiconductor'],
  ['006800', '미래에셋증권', 'Mirae Asset Securities'],
  ['071050', '한국금융지주', 'Korea Investment Holdings'],
  ['069500', 'KODEX 200', 'KODEX 200'],
  ['122630', 'KODEX 레버리지', 'KODEX Leverage'],
  ['252670', 'KODEX 200선물인버스2X', 'KODEX 200 Futures Inverse 2X'],
  ['360750', 'TIGER 미국S&P500', 'TIGER US S&P500'],
]

const KOSDAQ: readonly Row[] = [
  ['247540', '에코프로비엠', 'EcoPro BM'],
  ['086520', '에코프로', 'EcoPro'],
  ['196170', '알테오젠', 'Alteogen'],
  ['028300', 'HLB', 'HLB'],
  ['277810', '레인보우로보틱스', 'Rainbow Robotics'],
  ['141080', '리가켐바이오', 'LigaChem Biosciences'],
  ['263750', '펄어비스', 'Pearl Abyss'],
  ['293490', '카카오게임즈', 'Kakao Games'],
  ['035900', 'JYP Ent.', 'JYP Entertainment'],
  ['041510', '에스엠', 'SM Entertainment'],
  ['058470', '리노공업', 'Leeno Industrial'],
  ['240810', '원익IPS', 'Wonik IPS'],
]

const NASDAQ: readonly Row[] = [
  ['AAPL', '애플', 'Apple'],
  ['MSFT', '마이크로소프트', 'Microsoft'],
  ['NVDA', '엔비디아', 'NVIDIA'],
  ['GOOGL', '알파벳 A', 'Alphabet A'],
  ['GOOG', '알파벳 C', 'Alphabet C'],
  ['AMZN', '아마존', 'Amazon'],
  ['META', '메타', 'Meta Platforms'],
  ['TSLA', '테슬라', 'Tesla'],
  ['AVGO', '브로드컴', 'Broadcom'],
  ['COST', '코스트코', 'Costco'],
  ['NFLX', '넷플릭스', 'Netflix'],
  ['AMD', 'AMD', 'Advanced Micro Devices'],
  ['INTC', '인텔', 'Intel'],
  ['QCOM', '퀄컴', 'Qualcomm'],
  ['MU', '마이크론', 'Micron Technology'],
  ['ADBE', '어도비', 'Adobe'],
  ['CSCO', '시스코', 'Cisco'],
  ['PEP', '펩시코', 'PepsiCo'],
  ['TXN', '텍사스 인스트루먼트', 'Texas Instruments'],
  ['AMAT', '어플라이드 머티리얼즈', 'Applied Materials'],
  ['ASML', 'ASML', 'ASML'],
  ['ARM', 'ARM', 'Arm Holdings'],
  ['PLTR', '팔란티어', 'Palantir'],
  ['COIN', '코인베이스', 'Coinbase Global'],
  ['MSTR', '스트래티지', 'Strategy'],
  ['HOOD', '로빈후드', 'Robinhood'],
  ['MARA', '마라 홀딩스', 'MARA Holdings'],
  ['QQQ', '인베스코 QQQ', 'Invesco QQQ'],
  ['TQQQ', '프로셰어즈 QQQ 3배', 'ProShares UltraPro QQQ'],
  ['IBIT', '아이셰어즈 비트코인', 'iShares Bitcoin Trust'],
]

const NYSE: readonly Row[] = [
  ['BRK.B', '버크셔 해서웨이 B', 'Berkshire Hathaway B'],
  ['JPM', 'JP모건', 'JPMorgan Chase'],
  ['V', '비자', 'Visa'],
  ['MA', '마스터카드', 'Mastercard'],
  ['LLY', '일라이 릴리', 'Eli Lilly'],
  ['WMT', '월마트', 'Walmart'],
  ['XOM', '엑슨모빌', 'Exxon Mobil'],
  ['JNJ', '존슨앤드존슨', 'Johnson & Johnson'],
  ['ORCL', '오라클', 'Oracle'],
  ['KO', '코카콜라', 'Coca-Cola'],
  ['DIS', '디즈니', 'Disney'],
  ['BAC', '뱅크오브아메리카', 'Bank of America'],
  ['GS', '골드만삭스', 'Goldman Sachs'],
  ['TSM', 'TSMC', 'TSMC'],
  ['BABA', '알리바바', 'Alibaba'],
  ['NVO', '노보 노디스크', 'Novo Nordisk'],
  ['CPNG', '쿠팡', 'Coupang'],
  ['CRCL', '서클', 'Circle Internet Group'],
]

const ARCA: readonly Row[] = [
  ['SPY', 'SPDR S&P 500', 'SPDR S&P 500'],
  ['VOO', '뱅가드 S&P 500', 'Vanguard S&P 500'],
  ['GLD', 'SPDR 금', 'SPDR Gold Shares'],
  ['SOXL', '디렉시온 반도체 3배', 'Direxion Semiconductor Bull 3X'],
]

const on = (board: Stock['board'], rows: readonly Row[]): readonly Stock[] =>
  rows.map(([code, ko, en]) => ({ code, board, ko, en }))

export const STOCKS: readonly Stock[] = [
  ...on('KOSPI', KOSPI),
  ...on('KOSDAQ', KOSDAQ),
  ...on('NAS', NASDAQ),
  ...on('NYS', NYSE),
  ...on('AMS', ARCA),
]

/** Whether it is dealt in Seoul, in won. */
export function isKorean({ board }: Stock): boolean {
  return board === 'KOSPI' || board === 'KOSDAQ'
}
