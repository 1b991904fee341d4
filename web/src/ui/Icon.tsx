/** The house's own line icons, 24 × 24, decorative unless the caller labels them. */
const PATHS = {
  check: 'M5 12.5l4.5 4.5L19 7.5',
  clock: 'M12 7v5l3.2 2M12 3.5a8.5 8.5 0 100 17 8.5 8.5 0 000-17z',
  bell: 'M6 16.5V11a6 6 0 1112 0v5.5l1.5 2h-15l1.5-2zM10 20.5h4',
  warn: 'M12 4l9 15.5H3L12 4zM12 10v4.5M12 17v.4',
  stop: 'M8.2 3.5h7.6l4.7 4.7v7.6l-4.7 4.7H8.2l-4.7-4.7V8.2l4.7-4.7zM12 8v5M12 15.8v.4',
  pause: 'M9 6.5v11M15 6.5v11',
  home: 'M4 11.5L12 4.5l8 7V20h-5.5v-5.5h-5V20H4v-8.5z',
  tasks: 'M5 5.5h14v14H5zM8.5 10l1.5 1.5 2.5-3M8.5 15.5h7M15 10.5h1',
  person: 'M12 4a4 4 0 110 8 4 4 0 010-8zM4.5 20.5c.6-4 3.6-6 7.5-6s6.900 2 7.500 6',
  grid: 'M4.500 4.500h6v6h-6zM13.500 4.500h6v6h-6zM4.500 13.500h6v6h-6zM13.500 13.500h6v6h-6z',
  search: 'M10.500 4.500a6 6 0 110 12 6 6 0 010-12zM15 15l5 5',
  right: 'M9.500 5.500l6.500 6.500-6.500 6.500',
  left: 'M14.500 5.500L8 12l6.500 6.500',
  down: 'M5.500 9.500L12 16l6.500-6.500',
  close: 'M6 6l12 12M18 6L6 18',
  file: 'M6 3.500h8l4 4v13H6zM14 3.500v4h4M9 12.500h6M9 16h6',
  upload: 'M12 16V5M7.500 9.500L12 5l4.500 4.500M5 19.500h14',
  download: 'M12 5v11M7.500 11.500L12 16l4.500-4.500M5 19.500h14',
  print: 'M7 8V4h10v4M7 16.500H4V8.500h16v8h-3M7 13.500h10v6.500H7z',
  share: 'M4 12h6M14 12h6M10 8.500h4v7h-4z',
  card: 'M3.500 6h17v12h-17zM3.500 10h17M7 14.500h4',
  pen: 'M5 19l1-4L15.500 5.500l3 3L9 18l-4 1zM13.500 7.500l3 3',
  promise: 'M12 3.500l7 3v5c0 4.500-3 7.500-7 9-4-1.500-7-4.500-7-9v-5l7-3zM9 12l2.200 2.200L15.200 10',
  flow: 'M4 9.500h5v5H4zM15 4.500h5v5h-5zM15 14.500h5v5h-5zM9 12h3V7h3M12 12v5h3',
  star: 'M12 4l2.500 5.200 5.700.8-4.100 4 1 5.700-5.100-2.700-5.100 2.700 1-5.700-4.100-4 5.700-.8z',
  qr: 'M4.500 4.500h6v6h-6zM13.500 4.500h6v6h-6zM4.500 13.500h6v6h-6zM14 14h2v2M19.500 14v2.500M14 19.500h2.500M19.500 19v.5',
  calendar: 'M4.500 6.500h15v13h-15zM4.500 10.500h15M8.500 4v4M15.500 4v4',
  box: 'M4 8l8-4 8 4v8.500l-8 4-8-4V8zM4 8l8 4 8-4M12 12v8.500',
  eye: 'M2.500 12c2.500-4.500 6-6.500 9.500-6.500s7 2 9.500 6.500c-2.500 4.500-6 6.500-9.500 6.500S5 16.500 2.500 12zM12 9.500a2.500 2.500 0 110 5 2.500 2.500 0 010-5z',
  question: 'M9 9a3 3 0 114.200 2.800c-.8.4-1.200 1-1.200 2.200M12 17v.400M12 3.500a8.500 8.500 0 100 17 8.500 8.500 0 000-17z',
  info: 'M12 11v5.500M12 7.600v.4M12 3.500a8.500 8.500 0 100 17 8.500 8.500 0 000-17z',
  out: 'M10 4.500H5v15h5M14 8l4 4-4 4M18 12H9',
  language: 'M4 6.500h9M8.500 4v2.500M11 6.500c-.8 3.500-3 6-6.500 8M6 9.500c1 2 3 3.800 5.500 5M12.500 19.500l4-9.500 4 9.500M14 16.500h5',
  text: 'M3.500 18.500l5-12 5 12M5.200 14.500h6.600M14.500 18.500l3-7.500 3 7.500M15.700 15.500h3.600',
  plus: 'M12 5v14M5 12h14',
  trash: 'M5 7h14M9.500 7V4.500h5V7M7 7l1 12.500h8L17 7M10.500 10.500v5.500M13.500 10.500v5.500',
  refresh: 'M19.500 12a7.500 7.500 0 11-2.200-5.300M19.500 4v4h-4',
  building: 'M5 20V5.500L13 4v16M13 9.500h6V20M3.500 20h17M8 9h2M8 12.500h2M8 16h2M15.500 13h1M15.500 16.500h1',
  flag: 'M6 20.500V4.500h11l-2 4 2 4H6',
  return: 'M9 6L4.500 10.500 9 15M4.500 10.500H14a5 5 0 010 10h-3',
} as const
export type IconName = keyof typeof PATHS

export function Icon({ name, size = 20, label }: { name: IconName; size?: number; label?: string | undefined }) {
  const named = label === undefined ? ({ 'aria-hidden': true } as const) : ({ role: 'img', 'aria-label': label } as const)
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: either hidden or labelled by aria-label
    <svg
      viewBox="0 0 24 24"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="round"
      strokeLinejoin="round"
      style={{ flex: 'none' }}
      {...named}
    >
      <path d={PATHS[name]} />
    </svg>
  )
}

/** The mark of the house: a lattice window with one lit pane. */
export function Mark({ size = 32, inverse = false }: { size?: number; inverse?: boolean }) {
  const ground = inverse ? '#ffffff' : '#1d4e89'
  const lattice = inverse ? '#1d4e89' : '#ffffff'
  return (
    <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden="true" style={{ flex: 'none' }}>
      <rect width="32" height="32" rx="7" fill={ground} />
      <g fill="none" stroke={lattice} strokeWidth="2">
        <rect x="6" y="6" width="20" height="20" rx="1.5" />
        <path d="M6 13h7V6M19 6v7h7M26 19h-7v7M13 26v-7H6" />
      </g>
      <rect x="13.6" y="13.6" width="4.800" height="4.800" fill="#f2c14e" />
    </svg>
  )
}
