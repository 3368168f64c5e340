package dev.parley.identity;

/**
 * A new API key.
 *
 * @param apiKey what the list shows of it from now on
 * @param key the key itself: this is the only time that anybody is told
 */
public record IssuedApiKey(ApiKeyView apiKey, String key) {

    @Override
    public String toString() {
        return "IssuedApiKey[" + apiKey.prefix() + "…]";
    }
}
