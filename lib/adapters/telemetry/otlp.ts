import { AsyncLocalStorage } from 'node:async_hooks'
import { type Attributes, type Context, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { Failure } from '#lib/domain/failure.ts'
import type { SpanName, Tracing } from './tracing.ts'

const kinds: Record<SpanName['kind'], SpanKind> = {
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  internal: SpanKind.INTERNAL,
}

/**
 * Spans by OTLP over HTTP, in batches. Nothing is registered with OpenTelemetry's globals: Next would add spans of its own,
 * which hold addresses with their queries.
 *
 * @param endpoint as in `OTEL_EXPORTER_OTLP_ENDPOINT`: `/v1/traces` is added
 * @see https://opentelemetry.io/docs/specs/otel/protocol/exporter/#endpoint-urls-for-otlphttp
 */
export const otlpTracing = (endpoint: string): Tracing => {
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces` })
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'porte-cles' }),
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  })
  const tracer = provider.getTracer('porte-cles')
  const current = new AsyncLocalStorage<Context>()
  const parent = () => current.getStore() ?? ROOT_CONTEXT

  const start = ({ name, kind, attributes }: SpanName, startTime?: number) => {
    const options = { kind: kinds[kind], attributes: attributes as Attributes, ...(startTime && { startTime }) }
    return tracer.startSpan(name, options, parent())
  }

  return {
    run: async (name, work) => {
      const span = start(name)
      try {
        return await current.run(trace.setSpan(parent(), span), work)
      } catch (error) {
        // a code of ours, or a class: messages may quote values
        const message = error instanceof Failure ? error.code : error instanceof Error ? error.name : 'unknown'
        span.setStatus({ code: SpanStatusCode.ERROR, message })
        throw error
      } finally {
        span.end()
      }
    },
    open: (name, work) => {
      const span = start(name)
      current.run(trace.setSpan(parent(), span), work)
      return ({ name: finalName, attributes, failed }) => {
        span.updateName(finalName).setAttributes(attributes as Attributes)
        if (failed) span.setStatus({ code: SpanStatusCode.ERROR })
        span.end()
      }
    },
    note: (name, ms) => {
      // of what belongs to nothing there are thousands, and they tell nothing
      if (current.getStore()) start(name, Date.now() - ms).end()
    },
    close: () => provider.shutdown(),
  }
}
