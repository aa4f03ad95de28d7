using System.Collections.Frozen;
using BriData.Contracts;
using static Microsoft.AspNetCore.Http.StatusCodes;

namespace BriData.Gateway.Http;

/// <summary>The one table from refusal codes to HTTP status and title (RFC 9457).</summary>
internal static class ProblemCatalogue
{
    private static readonly (string Code, int Status, string Title)[] Problems =
    [
        (ErrorCodes.MalformedJson, Status400BadRequest, "The body is not well-formed JSON"),
        (ErrorCodes.InvalidField, Status400BadRequest, "A field has a wrong value"),
        (ErrorCodes.UnknownField, Status400BadRequest, "A field is not known"),
        (ErrorCodes.BodyTooLarge, Status413PayloadTooLarge, "The body is too large"),
        (ErrorCodes.UnsupportedMediaType, Status415UnsupportedMediaType, "The media type is not accepted"),
        (ErrorCodes.IdempotencyKeyMissing, Status400BadRequest, "An Idempotency-Key is needed"),
        (ErrorCodes.IdempotencyKeyInvalid, Status400BadRequest, "The Idempotency-Key is not valid"),
        (ErrorCodes.IdempotencyKeyReused, Status422UnprocessableEntity, "The Idempotency-Key belongs to another request"),
        (ErrorCodes.InvalidCursor, Status400BadRequest, "The cursor is not valid"),
        (ErrorCodes.PreconditionFailed, Status412PreconditionFailed, "The document has changed"),
        (ErrorCodes.RangeNotSatisfiable, Status416RangeNotSatisfiable, "The range cannot be served"),
        (ErrorCodes.RouteNotFound, Status404NotFound, "There is no such route"),
        (ErrorCodes.MethodNotAllowed, Status405MethodNotAllowed, "The method is not allowed here"),
        (ErrorCodes.TokenMissing, Status401Unauthorized, "A bearer token is needed"),
        (ErrorCodes.TokenMalformed, Status401Unauthorized, "The token is malformed"),
        (ErrorCodes.TokenUnsigned, Status401Unauthorized, "The token is not signed"),
        (ErrorCodes.TokenAlgorithm, Status401Unauthorized, "The token's algorithm is not accepted"),
        (ErrorCodes.TokenExpired, Status401Unauthorized, "The token has expired"),
        (ErrorCodes.TokenNotYetValid, Status401Unauthorized, "The token is not valid yet"),
        (ErrorCodes.TokenSignature, Status401Unauthorized, "The token's signature does not verify"),
        (ErrorCodes.IssuerNotRegistered, Status401Unauthorized, "No country vouches for the token's issuer"),
        (ErrorCodes.IssuerUnavailable, Status503ServiceUnavailable, "The token's issuer cannot be reached"),
        (ErrorCodes.ClaimsInvalid, Status401Unauthorized, "The token's claims are not valid"),
        (ErrorCodes.AudienceInvalid, Status401Unauthorized, "The token is for another audience"),
        (ErrorCodes.RoleMissing, Status403Forbidden, "A role is missing"),
        (ErrorCodes.NotYourCountry, Status403Forbidden, "This belongs to another country"),
        (ErrorCodes.NotYourAgency, Status403Forbidden, "This belongs to another agency"),
        (ErrorCodes.AgencySuspended, Status403Forbidden, "The agency is suspended"),
        (ErrorCodes.SecondPersonNeeded, Status403Forbidden, "A second person must act"),
        (ErrorCodes.SignatureInvalid, Status400BadRequest, "The act's signature does not hold"),
        (ErrorCodes.SignatureRequired, Status403Forbidden, "The act must be signed"),
        (ErrorCodes.SigningKeyUnknown, Status403Forbidden, "The act is signed with no key of the country"),
        (ErrorCodes.SigningKeyRevoked, Status409Conflict, "The act is signed with a revoked key"),
        (ErrorCodes.UnknownCountry, Status404NotFound, "There is no such country"),
        (ErrorCodes.CountryNotMember, Status404NotFound, "The country is not a member"),
        (ErrorCodes.UnknownAgency, Status404NotFound, "There is no such agency"),
        (ErrorCodes.UnknownDataSet, Status404NotFound, "There is no such data set"),
        (ErrorCodes.UnknownAgreement, Status404NotFound, "There is no such agreement"),
        (ErrorCodes.UnknownTransfer, Status404NotFound, "There is no such transfer"),
        (ErrorCodes.UnknownRulePack, Status404NotFound, "There is no such rule pack"),
        (ErrorCodes.UnknownSigningKey, Status404NotFound, "There is no such signing key"),
        (ErrorCodes.UnknownLedger, Status404NotFound, "There is no such ledger"),
        (ErrorCodes.UnknownTile, Status404NotFound, "There is no such tile"),
        (ErrorCodes.UnknownDocument, Status404NotFound, "There is no such document"),
        (ErrorCodes.UnknownPurpose, Status400BadRequest, "The purpose is not known"),
        (ErrorCodes.UnknownFact, Status400BadRequest, "A fact is not known"),
        (ErrorCodes.InvalidFact, Status400BadRequest, "A fact has a wrong value"),
        (ErrorCodes.FactNotAssertable, Status400BadRequest, "A fact is not the caller's to state"),
        (ErrorCodes.UnknownMark, Status400BadRequest, "The mark is not known"),
        (ErrorCodes.ClassificationLowered, Status422UnprocessableEntity, "The classification would be lowered"),
        (ErrorCodes.NotAParty, Status403Forbidden, "The country is not a party"),
        (ErrorCodes.AlreadyExists, Status409Conflict, "It exists already"),
        (ErrorCodes.AlreadySigned, Status409Conflict, "It is signed already"),
        (ErrorCodes.AgreementNotInForce, Status409Conflict, "The agreement is not in force"),
        (ErrorCodes.WrongState, Status409Conflict, "The state does not allow this"),
        (ErrorCodes.InvalidRulePack, Status422UnprocessableEntity, "The rule pack is not in order"),
        (ErrorCodes.InvalidScheme, Status422UnprocessableEntity, "The classification scheme is not in order"),
        (ErrorCodes.RulePackUntested, Status409Conflict, "The rule pack has not passed its test cases"),
        (ErrorCodes.RulePackMissing, Status409Conflict, "There is no rule pack in force"),
        (ErrorCodes.PayloadTooLarge, Status413PayloadTooLarge, "The payload is too large"),
        (ErrorCodes.PayloadMissing, Status409Conflict, "There is no payload yet"),
        (ErrorCodes.PayloadDigestMismatch, Status422UnprocessableEntity, "The payload does not have the stated digest"),
        (ErrorCodes.PayloadErased, Status410Gone, "The payload was erased"),
        (ErrorCodes.TransferStopped, Status409Conflict, "The transfer is stopped"),
        (ErrorCodes.NotWitnessed, Status404NotFound, "No checkpoint is witnessed yet"),
        (ErrorCodes.RateLimited, Status429TooManyRequests, "Too many requests"),
        (ErrorCodes.Busy, Status503ServiceUnavailable, "The platform is busy"),
        (ErrorCodes.LedgerUnavailable, Status503ServiceUnavailable, "The ledger cannot be written"),
        (ErrorCodes.LedgerFull, Status503ServiceUnavailable, "The ledger's storage is full"),
        (ErrorCodes.LedgerCorrupt, Status503ServiceUnavailable, "The ledger is damaged"),
        (ErrorCodes.OutcomeUnknown, Status503ServiceUnavailable, "The outcome is not known"),
        (ErrorCodes.PublicationPending, Status503ServiceUnavailable, "The change is recorded and not yet in force everywhere"),
        (ErrorCodes.PayloadStorageUnavailable, Status503ServiceUnavailable, "The payload storage cannot be written"),
        (ErrorCodes.KeysUnavailable, Status503ServiceUnavailable, "The keys of private values cannot be reached"),
        (ErrorCodes.ErasurePending, Status503ServiceUnavailable, "The erasure is recorded and not finished"),
        (ErrorCodes.ClusterUnavailable, Status503ServiceUnavailable, "The silos cannot be reached"),
        (ErrorCodes.InternalError, Status500InternalServerError, "Something went wrong here"),
    ];

    private static readonly FrozenDictionary<string, (int Status, string Title)> ByCode =
        Problems.ToFrozenDictionary(p => p.Code, p => (p.Status, p.Title));

    public static IEnumerable<string> Codes => Problems.Select(p => p.Code);

    public static (int Status, string Title) Of(string code) =>
        ByCode.TryGetValue(code, out var entry) ? entry : throw new InvalidOperationException($"Code '{code}' is not in the problem catalogue.");
}
