/** 证照: the wallet and public verification. */
import Type, { type Static } from 'typebox'
import { endpoint } from './endpoint.ts'
import { Id, Instant, Json, PlainDate, Text, Uuid } from './words.ts'

export const CertificateStatus = Type.Enum(['valid', 'suspended', 'withdrawn', 'cancelled', 'expired', 'replaced'])
export const CertificateCard = Type.Object({
  id: Uuid,
  type: Id,
  title: Text,
  /** 电子证照标识, GB/T 36904. */
  identifier: Type.String(),
  number: Type.String(),
  holder: Type.String(),
  party: Id,
  issuer: Text,
  issuedOn: PlainDate,
  validUntil: Type.Union([PlainDate, Type.Null()]),
  status: CertificateStatus,
  version: Type.Integer(),
  synthetic: Type.Boolean(),
})
export type CertificateCard = Static<typeof CertificateCard>
export const Certificate = Type.Object({
  ...CertificateCard.properties,
  face: Type.Array(Type.Object({ id: Id, title: Text, value: Json })),
  case: Type.Optional(Uuid),
  /** Path that the QR code holds. */
  verify: Type.String(),
  history: Type.Array(Type.Object({ at: Instant, status: CertificateStatus, words: Text })),
})
export type Certificate = Static<typeof Certificate>

export const listCertificates = endpoint({
  id: 'listCertificates',
  at: 'GET /certificates',
  summary: 'Certificates of parties I act for',
  query: Type.Object({ party: Type.Optional(Id) }),
  answer: Type.Object({ certificates: Type.Array(CertificateCard) }),
})
export const getCertificate = endpoint({
  id: 'getCertificate',
  at: 'GET /certificates/:certificate',
  summary: 'One certificate with its face',
  params: Type.Object({ certificate: Uuid }),
  answer: Certificate,
  refusals: ['certificates/unknown'],
})
export const verifyCertificate = endpoint({
  id: 'verifyCertificate',
  at: 'GET /verify/:identifier',
  summary: 'Public: is this certificate genuine and valid? Names are masked',
  access: 'public',
  params: Type.Object({ identifier: Type.String({ maxLength: 120 }) }),
  answer: Type.Object({
    genuine: Type.Boolean(),
    status: CertificateStatus,
    title: Text,
    number: Type.String(),
    holder: Type.String(),
    issuer: Text,
    issuedOn: PlainDate,
    validUntil: Type.Union([PlainDate, Type.Null()]),
    synthetic: Type.Boolean(),
    checkedAt: Instant,
  }),
  refusals: ['codes/certificate-id-invalid', 'certificates/unknown'],
})
