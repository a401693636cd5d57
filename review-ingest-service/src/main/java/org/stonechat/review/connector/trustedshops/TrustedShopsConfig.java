package org.stonechat.review.connector.trustedshops;

import java.util.List;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// What the platform's documentation leaves open, or may change without a release of ours.
@ConfigMapping(prefix = "stonechat.trusted-shops")
public interface TrustedShopsConfig {

    /// The `audience` its token endpoint demands, which is not the base URL when that is a simulator.
    @WithDefault("https://api.etrusted.com")
    String audience();

    /// Reviews per page; the platform takes 1 to 1000.
    @WithDefault("100")
    int pageSize();

    /// The same while everything is read.
    @WithDefault("1000")
    int fullPageSize();

    /// Not documented; its comments end at 4000.
    @WithDefault("4000")
    int replyCharacters();

    /// Words by which its question about delivery is told (inferred).
    @WithDefault("delivery,shipping,lieferung,versand")
    List<String> deliveryWords();

    @WithDefault("goods,product,ware,artikel")
    List<String> goodsWords();

    @WithDefault("service,support,kundenservice,kundendienst")
    List<String> serviceWords();
}
