import {type Json, objectsIn} from '../../../types/json'
import {NamedError} from '../../../util/errors'

const maxArticles = 25

/**
 * An article's address: `entryUrl` in Feedly's own webhooks (https://developers.feedly.com/reference/newentrysaved-events),
 * `articleURL` in Feedly's applets, `canonicalUrl` or `alternate` in its entries, `url` by hand.
 */
const findAddress = (article: Json): unknown => {
  const alternate = objectsIn(article.alternate)[0]?.href
  return article.articleURL ?? article.entryUrl ?? article.canonicalUrl ?? alternate ?? article.url
}

/** Addresses of the articles in a webhook's body, each once. Throws InvalidRequestError if there is none, or over 25. */
export const articleUrls = (body: Json): readonly string[] => {
  const articles = Array.isArray(body.entries) ? objectsIn(body.entries) : [body]
  const urls = new Set(articles.map(findAddress).filter((url) => typeof url === 'string'))
  if (urls.size === 0 || urls.size > maxArticles) {
    throw new NamedError('InvalidRequestError',
      `Expected 1 to ${maxArticles} articles with articleURL, entryUrl, url or entries[].alternate[].href; got ${urls.size}.`)
  }
  return [...urls]
}
