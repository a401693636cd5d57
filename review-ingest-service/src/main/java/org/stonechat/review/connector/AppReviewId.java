package org.stonechat.review.connector;

/// The id of a review in an app store, which needs its app to be asked for: `app/review`.
public record AppReviewId(String app, String review) {

    public static AppReviewId of(String externalId) {
        int slash = externalId.indexOf('/');
        if (slash <= 0 || slash == externalId.length() - 1) {
            throw new ConnectorFailure(ConnectorFailure.Kind.NOT_FOUND, "The review's id names no app");
        }
        return new AppReviewId(externalId.substring(0, slash), externalId.substring(slash + 1));
    }

    @Override
    public String toString() {
        return app + "/" + review;
    }
}
