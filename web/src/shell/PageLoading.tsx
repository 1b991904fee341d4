import { Loading } from '../ui/states.tsx'

export function PageLoading() {
  return (
    <div style={{ maxWidth: 960, margin: '0 auto', padding: 24 }}>
      <Loading lines={6} />
    </div>
  )
}
