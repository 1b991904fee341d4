/** Settings of the embedded cluster: sized for a machine that also runs the server. */
export type ClusterShape = {
  /** Bytes of memory of the machine. */
  readonly memory: number
  readonly durable: boolean
  readonly socket: string | null
  readonly port: number
}

const MB = 1 << 20

export function clusterSettings({ memory, durable, socket, port }: ClusterShape): string {
  const share = (part: number, least: number, most: number) => `${Math.round(Math.min(most, Math.max(least, memory / part / MB)))}MB`
  const settings: { readonly [name: string]: string } = {
    listen_addresses: socket === null ? quoted('127.0.0.1') : quoted(''),
    unix_socket_directories: quoted(socket ?? ''),
    port: String(port),
    max_connections: '100',
    shared_buffers: share(8, 64, 1024),
    effective_cache_size: share(2, 256, 8192),
    work_mem: '16MB',
    maintenance_work_mem: '128MB',
    // Compiling a query costs more than our short queries take; a peer measured a factor of four.
    jit: 'off',
    random_page_cost: '1.1',
    wal_compression: 'on',
    max_wal_size: '2GB',
    // A backup copies the write-ahead log after the data: these segments must still be there.
    wal_keep_size: durable ? '512MB' : '0',
    checkpoint_completion_target: '0.9',
    timezone: quoted('UTC'),
    log_timezone: quoted('UTC'),
    log_min_duration_statement: '1000',
    log_checkpoints: 'off',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', wal_level: 'minimal', max_wal_senders: '0' }),
  }
  return Object.entries(settings)
    .map(([name, value]) => `${name} = ${value}\n`)
    .join('')
}

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`
