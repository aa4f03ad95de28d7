using BriData.Contracts;
using BriData.Gateway.Http;

namespace BriData.Gateway.Endpoints;

/// <summary>The refusal codes a route may answer with; OpenAPI is made from this and tests hold the route to it.</summary>
internal sealed record ErrorMetadata(IReadOnlyList<string> Codes);

internal static class ErrorMetadataExtensions
{
    /// <summary>What any authenticated route may answer with.</summary>
    public static readonly string[] Authenticated =
    [
        ErrorCodes.TokenMissing, ErrorCodes.TokenMalformed, ErrorCodes.TokenUnsigned, ErrorCodes.TokenAlgorithm, ErrorCodes.TokenExpired,
        ErrorCodes.TokenNotYetValid, ErrorCodes.TokenSignature, ErrorCodes.IssuerNotRegistered, ErrorCodes.IssuerUnavailable,
        ErrorCodes.ClaimsInvalid, ErrorCodes.AudienceInvalid, ErrorCodes.AgencySuspended, ErrorCodes.NotYourCountry,
    ];

    /// <summary>What any route may answer with.</summary>
    public static readonly string[] Platform =
    [
        ErrorCodes.RateLimited, ErrorCodes.Busy, ErrorCodes.LedgerUnavailable, ErrorCodes.LedgerFull, ErrorCodes.LedgerCorrupt,
        ErrorCodes.OutcomeUnknown, ErrorCodes.KeysUnavailable, ErrorCodes.ClusterUnavailable, ErrorCodes.InternalError,
    ];

    /// <summary>What any route with a JSON body may answer with.</summary>
    public static readonly string[] Body =
    [
        ErrorCodes.MalformedJson, ErrorCodes.InvalidField, ErrorCodes.UnknownField, ErrorCodes.BodyTooLarge, ErrorCodes.UnsupportedMediaType,
    ];

    /// <summary>What any route with an Idempotency-Key may answer with.</summary>
    public static readonly string[] Keyed =
    [
        ErrorCodes.IdempotencyKeyMissing, ErrorCodes.IdempotencyKeyInvalid, ErrorCodes.IdempotencyKeyReused,
    ];

    public static TBuilder Refuses<TBuilder>(this TBuilder builder, params IEnumerable<string>[] codes)
        where TBuilder : IEndpointConventionBuilder
    {
        var all = codes.SelectMany(c => c).Distinct(StringComparer.Ordinal).ToArray();
        builder.Add(b =>
        {
            b.Metadata.Add(new ErrorMetadata(all));
            foreach (var status in all.Select(c => ProblemCatalogue.Of(c).Status).Distinct())
            {
                b.Metadata.Add(new ProducesResponseTypeMetadata(status, typeof(Problem), ["application/problem+json"]));
            }
        });
        return builder;
    }
}
