import { readFileSync } from 'node:fs'
import { readYaml, type Yaml } from './read-yaml.ts'

export interface Service {
  name: string
  image: string
  command: string[]
  environment: Record<string, string>
  ports: string[]
  healthcheck: string[]
  replicas: number
  raw: Record<string, Yaml>
}

const mapping = (value: Yaml | undefined): Record<string, Yaml> =>
  typeof value === 'object' && !Array.isArray(value) ? value : {}
const texts = (value: Yaml | undefined): string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []

export const composeFiles = ['deploy/compose/sqlite.yml', 'deploy/compose/postgres.yml'] as const

export const readServices = (file: string): Service[] => {
  const { services } = mapping(readYaml(readFileSync(file, 'utf8')))
  return Object.entries(mapping(services)).map(([name, value]) => {
    const raw = mapping(value)
    return {
      name,
      image: String(raw.image),
      command: texts(raw.command),
      environment: mapping(raw.environment) as Record<string, string>,
      ports: texts(raw.ports),
      healthcheck: texts(mapping(raw.healthcheck).test),
      replicas: Number(mapping(raw.deploy).replicas ?? 1),
      raw,
    }
  })
}

export const ours = (services: Service[]) => services.filter(({ image }) => image === 'porte-cles')
