import { Bug } from 'lucide-react'
import type { ReactNode } from 'react'
import { Component } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './Button.tsx'
import { EmptyBlock } from './EmptyBlock.tsx'

interface ErrorBoundaryState {
  readonly error: Error | undefined
}

/** Keeps one panel's mistake from taking the window with it. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { error: undefined }

  static getDerivedStateFromError(error: unknown): ErrorBoundaryState {
    return { error: error instanceof Error ? error : new Error(String(error)) }
  }

  override render() {
    if (!this.state.error) return this.props.children
    return <Crashed message={this.state.error.message} onReload={() => this.setState({ error: undefined })} />
  }
}

function Crashed({ message, onReload }: { readonly message: string; readonly onReload: () => void }) {
  const { t } = useTranslation()
  return (
    <EmptyBlock
      tone="bad"
      icon={<Bug size={22} strokeWidth={1.2} aria-hidden />}
      title={t('crashed.title')}
      text={t('crashed.text', { message })}
      actions={<Button onClick={onReload}>{t('crashed.reload')}</Button>}
    />
  )
}
