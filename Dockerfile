# The standalone build and Node, nothing else. Built from a checkout: docker build -t porte-cles .

ARG NODE_IMAGE=docker.io/library/node:24-bookworm-slim
ARG BASE_IMAGE=docker.io/library/debian:bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
COPY lib/commands/link-node.mjs lib/commands/
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run -s build

FROM ${BASE_IMAGE}
COPY --from=build /usr/local/bin/node /usr/local/bin/node
COPY --from=build --chown=0:0 /src/.next/standalone /app
RUN mkdir -m 700 /data && chown 10001:10001 /data
WORKDIR /app
ENV NODE_ENV=production
ENV DATABASE_URL=file:/data/porte-cles.db
USER 10001:10001
VOLUME /data
EXPOSE 3000 3001
STOPSIGNAL SIGTERM
# a worker answers on API_PORT instead: its compose file says so
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s --retries=3 CMD ["node", "health.mjs"]
CMD ["node", "--max-semi-space-size=16", "serve.mjs"]
