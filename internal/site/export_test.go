package site

// Sibling returns a cache for a load of another hub: it has what no hub
// decides, and words and layouts for hubs that have none of their own and the
// same languages. Unlike the cache itself it may be used beside others.
func (c *Cache) Sibling() *Cache { return &Cache{look: c.look, output: c.output} }
