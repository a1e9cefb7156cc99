import { useTranslation } from 'react-i18next'

const CREDITS = 'https://www.tradingview.com/lightweight-charts/'

/** Whose charts they are: part of their licence, wherever one is on screen. */
export function Credits() {
  const { t } = useTranslation()
  return (
    <a href={CREDITS} target="_blank" rel="noreferrer">
      {t('status.credits')}
    </a>
  )
}
