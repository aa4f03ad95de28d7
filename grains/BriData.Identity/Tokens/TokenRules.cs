using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace BriData.Identity.Tokens;

/// <summary>The rules that the validating library applies to a token once its key is known. Time comes from the injected clock only.</summary>
internal sealed class TokenRules(IdentityOptions options, TimeProvider time)
{
    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };

    /// <summary>The rules for tokens of one issuer under one of its keys; made once per key.</summary>
    public TokenValidationParameters ForKey(string issuer, SecurityKey key, IEnumerable<string> algorithms) => new()
    {
        ValidIssuer = issuer,
        ValidAudience = options.Audience,
        IgnoreTrailingSlashWhenValidatingAudience = false,
        IssuerSigningKey = key,
        ValidAlgorithms = algorithms,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        ClockSkew = options.ClockSkew,
        LifetimeValidator = CheckLifetime,
    };

    /// <summary>Validates; the failure, or null and the moment at which the token expires.</summary>
    public async ValueTask<(CallerFailure? Failure, DateTimeOffset ExpiresAt)> ValidateAsync(string token, TokenValidationParameters parameters)
    {
        var result = await _handler.ValidateTokenAsync(token, parameters);
        return result.IsValid
            ? (null, new DateTimeOffset(result.SecurityToken.ValidTo, TimeSpan.Zero))
            : (Explain(result.Exception), default);
    }

    // Most particular first: several of these derive from one another.
    private static CallerFailure Explain(Exception? exception) => exception switch
    {
        SecurityTokenExpiredException => CallerFailure.Expired,
        SecurityTokenNotYetValidException => CallerFailure.NotYetValid,
        SecurityTokenNoExpirationException => CallerFailure.BadTimes,
        SecurityTokenInvalidLifetimeException => CallerFailure.TooLongLived,
        SecurityTokenInvalidAudienceException => CallerFailure.Audience,
        SecurityTokenInvalidIssuerException => CallerFailure.NotRegistered,
        SecurityTokenMalformedException => CallerFailure.NotCompact,
        _ => CallerFailure.Signature,
    };

    // RFC 7519, 4.1.4 and 4.1.5: valid while nbf - skew <= now < exp + skew. Differences, not sums, so that nothing overflows.
    private bool CheckLifetime(DateTime? notBefore, DateTime? expires, SecurityToken token, TokenValidationParameters parameters)
    {
        if (expires is not { } exp)
        {
            throw new SecurityTokenNoExpirationException();
        }

        var now = time.GetUtcNow().UtcDateTime;
        if (now - exp >= options.ClockSkew)
        {
            throw new SecurityTokenExpiredException();
        }

        if (notBefore is { } nbf && nbf - now > options.ClockSkew)
        {
            throw new SecurityTokenNotYetValidException();
        }

        // A missing iat reads as DateTime.MinValue. One that lies in the future cannot stretch the life: it also counts from now.
        var issuedAt = token is JsonWebToken jwt ? jwt.IssuedAt : DateTime.MinValue;
        return exp - now <= options.MaximumTokenLifetime + options.ClockSkew
            && (issuedAt == DateTime.MinValue || exp - issuedAt <= options.MaximumTokenLifetime);
    }
}
