/** Whether nobody listens where a request went to, by any of the addresses of its host. */
export const isRefused = (error: unknown): boolean => {
  const {code, errors = []} = error as {readonly code?: string, readonly errors?: ReadonlyArray<{readonly code?: string}>}
  return code === 'ECONNREFUSED' || errors.some((each) => each.code === 'ECONNREFUSED')
}
