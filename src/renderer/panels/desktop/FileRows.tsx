import { useTranslation } from 'react-i18next'
import type { SecretsKept, ShellInfo } from '../../../shared/shell-contract.ts'
import { Button } from '../../ui/Button.tsx'
import styles from './Desktop.module.css'
import { openLayout, saveFile } from './desktop-files.ts'

/** What systems call their own; others go by the name that Electron has for them. */
const KEY_STORES: Readonly<Record<string, string>> = {
  darwin: 'Keychain',
  win32: 'DPAPI',
  gnome_libsecret: 'GNOME Keyring',
  kwallet: 'KWallet',
  kwallet5: 'KWallet',
  kwallet6: 'KWallet',
}

function keyStoreName(secrets: SecretsKept): string {
  return secrets.kept === 'key-store' ? (KEY_STORES[secrets.backend] ?? secrets.backend) : ''
}

/** Layout files, the diagnostics file, and how passwords are kept. */
export function FileRows({ shell }: { readonly shell: ShellInfo | undefined }) {
  const { t } = useTranslation('desktop')
  return (
    <>
      {shell?.can.layoutFiles && (
        <div className={styles['row']}>
          <span>{t('layout')}</span>
          <div>
            <div className={styles['line']}>
              <Button onClick={() => void saveFile('layoutExport', t)}>{t('layoutExport')}</Button>
              <Button onClick={() => void openLayout()}>{t('layoutImport')}</Button>
            </div>
            <span className={styles['help']}>{t('layoutHelp')}</span>
          </div>
        </div>
      )}
      <div className={styles['row']}>
        <span>{t('diagnostics')}</span>
        <div>
          <Button onClick={() => void saveFile('diagnostics', t)}>{t('diagnosticsSave')}</Button>
          <span className={styles['help']}>{t('diagnosticsHelp')}</span>
        </div>
      </div>
      {shell?.secrets && (
        <div className={styles['row']}>
          <span>{t('secrets')}</span>
          <div className={styles['line']}>
            {t(`secretsKept.${shell.secrets.kept}`, { name: keyStoreName(shell.secrets) })}
          </div>
        </div>
      )}
    </>
  )
}
