import { ErrorState } from '../ui/states.tsx'

/** The last net: a page that could not be drawn says so and offers the way back. */
export function Broken({ error, reset }: { error: unknown; reset?: () => void }) {
  return (
    <div style={{ maxWidth: 640, margin: '0 auto' }}>
      <ErrorState error={error} onRetry={() => (reset === undefined ? location.reload() : reset())} />
    </div>
  )
}
