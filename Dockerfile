# syntax=docker/dockerfile:1

FROM node:26-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The optional packages are the embedded Postgres and the Node of a machine that has neither.
RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev --omit=optional --ignore-scripts
COPY prisma.config.ts ./
COPY prisma ./prisma
# Prisma's command line and the compilers for other databases are two thirds of node_modules; the client that
# they generate needs neither.
RUN mkdir src \
    && node_modules/.bin/prisma generate \
    && npm uninstall prisma --omit=dev --omit=optional --ignore-scripts \
    && find node_modules/@prisma/client/runtime -name 'query_compiler_*' ! -name '*postgresql*' -delete
COPY src ./src
COPY seeds ./seeds

FROM node:26-slim
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=3000 \
    MASTHEAD_DATA_DIR=/data
WORKDIR /app
# The code belongs to root, so the process can't change it. A new volume takes the owner of the folder it is put on.
RUN install -d -o node -g node -m 0700 /data
COPY --from=build /app ./
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --start-interval=1s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Without a shell in between: Node is the one that SIGTERM reaches, and drains.
CMD ["node", "src/main.ts"]
