import {existsSync, globSync, mkdirSync, readdirSync, symlinkSync} from 'node:fs'
import {homedir} from 'node:os'
import {join} from 'node:path'

const pluginName = /^terraform-provider-aws[_-]/
const deepest = 7

/** Folder `…/hashicorp/aws` that holds the provider somewhere below `folder`, unpacked or as zip. */
const findProvider = (folder: string, depth = 0): string | undefined => {
  const entries = existsSync(folder) ? readdirSync(folder, {withFileTypes: true}) : []
  if (entries.some(({name}) => pluginName.test(name))) {
    const at = folder.lastIndexOf('/hashicorp/aws')
    return at === -1 ? undefined : folder.slice(0, at + '/hashicorp/aws'.length)
  }
  if (depth === deepest) {
    return undefined
  }
  for (const {name} of entries.filter((entry) => entry.isDirectory())) {
    const found = findProvider(join(folder, name), depth + 1)
    if (found !== undefined) {
      return found
    }
  }
  return undefined
}

const systemFolders = (): string[] => [
  '/usr/share/terraform/plugins',
  '/usr/local/share/terraform/plugins',
  join(homedir(), '.terraform.d', 'plugins'),
  join(homedir(), '.local', 'share', 'terraform', 'plugins'),
  ...globSync('/opt/*plugins*')
]

/** Links the provider's packages into `folder`. Terraform follows links of packages only (a zip, or a platform's folder), not of folders above. */
const link = (provider: string, folder: string): void => {
  mkdirSync(folder, {recursive: true})
  for (const entry of readdirSync(provider, {withFileTypes: true})) {
    if (entry.isDirectory()) {
      mkdirSync(join(folder, entry.name))
      for (const platform of readdirSync(join(provider, entry.name))) {
        symlinkSync(join(provider, entry.name, platform), join(folder, entry.name, platform))
      }
    } else {
      symlinkSync(join(provider, entry.name), join(folder, entry.name))
    }
  }
}

/**
 * Arguments of `init` that take the provider from a mirror on this machine (TF_PLUGIN_MIRROR, else the usual folders);
 * none if there is no mirror, so that init downloads it. Links it into `folder` under both registries' names,
 * since a mirror made for Terraform lacks OpenTofu's.
 */
export const mirrorArguments = (folder: string): string[] => {
  const named = process.env.TF_PLUGIN_MIRROR
  const provider = (named === undefined ? systemFolders() : [named]).map((each) => findProvider(each)).find((found) => found !== undefined)
  if (provider === undefined) {
    return []
  }
  for (const host of ['registry.terraform.io', 'registry.opentofu.org']) {
    link(provider, join(folder, host, 'hashicorp', 'aws'))
  }
  return [`-plugin-dir=${folder}`]
}
