/**
 * `USE_LOCALSTACK=true`, from outside or set by a test at any time before its first call, is short for LocalStack's address
 * (`LOCALSTACK_HOST`, else 127.0.0.1:4566) in AWS_ENDPOINT_URL. Product code knows nothing of it.
 */
const address = () => `http://${process.env.LOCALSTACK_HOST ?? '127.0.0.1:4566'}`

const route = (target) => {
  if (target.USE_LOCALSTACK === 'true') {
    target.AWS_ENDPOINT_URL ??= address()
  }
}

route(process.env)
process.env = new Proxy(process.env, {
  set: (target, name, value) => {
    target[name] = value
    route(target)
    return true
  }
})
