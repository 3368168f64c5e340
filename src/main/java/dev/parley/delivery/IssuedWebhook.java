package dev.parley.delivery;

/**
 * A webhook with a new secret.
 *
 * @param secret {@code whsec_} and base64: this is the only time that anybody is told
 */
public record IssuedWebhook(WebhookView webhook, String secret) {

    @Override
    public String toString() {
        return "IssuedWebhook[" + webhook.id() + "]";
    }
}
