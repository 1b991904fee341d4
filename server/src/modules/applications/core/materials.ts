/** What is saved as a material must be one of the city's, and its file of a format and size that this material takes. Pure. */
import type { DraftMaterial } from '@yichuang/contract'
import type { CityPack, Material } from '@yichuang/pack'
import { ok, type Result, refuse } from '@yichuang/result'

export type Upload = { readonly bytes: number; readonly type: string; readonly by: string }

/** Media types that the store knows, as packs name them. */
const FORMATS: { readonly [type: string]: string } = { 'application/pdf': 'pdf', 'image/jpeg': 'jpg', 'image/png': 'png' }

export function checkMaterials(
  pack: Pick<CityPack, 'materials'>,
  given: readonly DraftMaterial[],
  uploadOf: (file: string) => Upload | undefined,
): Result<null> {
  for (const { material: id, file } of given) {
    const material = pack.materials.get(id)
    if (material === undefined)
      return refuse('applications/material-unknown', `There is no material ${id}; the plan names those that are asked for.`)
    if (file === undefined) continue
    const upload = uploadOf(file)
    if (upload === undefined)
      return refuse('files/unknown', `There is no upload ${file}; upload the file first, then name the id you were given.`)
    const fit = checkFile(material, upload)
    if (!fit.ok) return fit
  }
  return ok(null)
}

function checkFile(material: Material, { bytes, type }: Upload): Result<null> {
  const { id, title, formats, maxMegabytes } = material
  const found = FORMATS[type] ?? type
  if (!(formats as readonly string[]).includes(found)) {
    const message = `${title.en ?? title.zh} is taken as ${formats.join(', ')}, and this file is ${found}; save it in one of these formats.`
    return refuse('applications/file-format-unfit', message, { material: id, formats: [...formats], found })
  }
  if (bytes > maxMegabytes << 20) {
    const message = `${title.en ?? title.zh} may have ${maxMegabytes} MB at most; make the file smaller (fewer pages, lower resolution).`
    return refuse('applications/file-too-large', message, { material: id, megabytes: maxMegabytes })
  }
  return ok(null)
}
