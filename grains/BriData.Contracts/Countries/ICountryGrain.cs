using Orleans.Concurrency;

namespace BriData.Contracts.Countries;

/// <summary>
/// A country: its classification scheme, rule packs, identity issuers, signing keys and members. Key: ISO 3166-1 alpha-2.
/// Every act is on the ledger <c>country/{cc}</c> before the reply leaves. A rule pack, issuer or key change is answered only
/// after every agreement of the country has it on its own ledger (I4); until then the answer is
/// <see cref="ErrorCodes.PublicationPending"/> and the same call may be repeated.
/// </summary>
[Alias("bridata.country")]
public interface ICountryGrain : IGrainWithStringKey
{
    /// <summary>The public register entry.</summary>
    [AlwaysInterleave, Alias("get")]
    Task<Reply<CountryView>> GetAsync();

    /// <summary>Finishes whatever is still to be told to agreements; true when nothing is pending.</summary>
    [Alias("settle")]
    Task<Reply<bool>> SettleAsync();

    /// <summary>The issuers the country vouches for. Empty when it is no member; refused when that cannot be told now.</summary>
    [AlwaysInterleave, Alias("issuers")]
    Task<Reply<IssuerList>> GetIssuersAsync();

    /// <summary>Refuses when the caller's issuer or agency has lost its standing; used where no agreement checks it.</summary>
    [AlwaysInterleave, Alias("standing")]
    Task<Reply<bool>> CheckStandingAsync(Caller caller);

    /// <summary>Replaces the classification scheme. The document is JSON as BriData's scheme format defines it.</summary>
    /// <param name="caller">An administrator of the country.</param>
    /// <param name="operation">Idempotency.</param>
    /// <param name="document">UTF-8 JSON, at most 256 KiB.</param>
    /// <param name="ifMatch">Version that must be current, or null for any.</param>
    [Alias("put-scheme")]
    Task<Reply<Acknowledgement>> PutSchemeAsync(Caller caller, Operation operation, ReadOnlyMemory<byte> document, int? ifMatch);

    /// <summary>The scheme document, or a refusal when there is none.</summary>
    [AlwaysInterleave, Alias("get-scheme")]
    Task<Reply<SchemeView>> GetSchemeAsync();

    /// <summary>Stores a rule pack as a draft.</summary>
    [Alias("draft-pack")]
    Task<Reply<RulePackView>> DraftRulePackAsync(Caller caller, Operation operation, ReadOnlyMemory<byte> yaml);

    /// <summary>
    /// Runs the pack's own test cases and records the result. A pack without test cases, or with one that fails, cannot be
    /// approved.
    /// </summary>
    [AlwaysInterleave, Alias("test-pack")]
    Task<Reply<RulePackTestReport>> TestRulePackAsync(Caller caller, Operation operation, string version, int? ifMatch);

    /// <summary>
    /// Approves a draft and names the day from which it is in force (null: at once). Another administrator than the author
    /// must call (I11).
    /// </summary>
    [Alias("approve-pack")]
    Task<Reply<RulePackView>> ApproveRulePackAsync(Caller caller, Operation operation, string version, DateOnly? inForceFrom, int? ifMatch, string? signature = null);

    /// <summary>
    /// Returns in one step to a version that was in force before; it governs from today. Two persons brought it into force
    /// then, so one suffices now.
    /// </summary>
    [Alias("reinstate-pack")]
    Task<Reply<RulePackView>> ReinstateRulePackAsync(Caller caller, Operation operation, string version, int? ifMatch, string? signature = null);

    [AlwaysInterleave, Alias("get-pack")]
    Task<Reply<RulePackDocument>> GetRulePackAsync(Caller caller, string version);

    [AlwaysInterleave, Alias("list-packs")]
    Task<Reply<RulePackList>> ListRulePacksAsync(Caller caller);

    /// <summary>Replaces the list of issuers. At least one must remain.</summary>
    /// <param name="caller">An administrator of the country.</param>
    /// <param name="operation">Idempotency.</param>
    /// <param name="issuers">The issuers.</param>
    /// <param name="ifMatch">Version that must be current, or null for any.</param>
    [Alias("put-issuers")]
    Task<Reply<Acknowledgement>> PutIssuersAsync(Caller caller, Operation operation, IssuerList issuers, int? ifMatch = null);

    /// <summary>The list of issuers with its version, for who administers it.</summary>
    [AlwaysInterleave, Alias("read-issuers")]
    Task<Reply<IssuersView>> ReadIssuersAsync(Caller caller);

    /// <summary>
    /// Names the witnesses that must cosign the country's ledgers, those of its agencies, and beside the other parties'
    /// those of its agreements.
    /// </summary>
    /// <param name="caller">An administrator of the country.</param>
    /// <param name="operation">Idempotency.</param>
    /// <param name="witnesses">The witnesses; an empty list for none.</param>
    /// <param name="ifMatch">Version that must be current, or null for any.</param>
    [Alias("put-witnesses")]
    Task<Reply<Acknowledgement>> PutWitnessesAsync(Caller caller, Operation operation, WitnessList witnesses, int? ifMatch = null);

    /// <summary>The witnesses named last; an empty list when none are.</summary>
    [AlwaysInterleave, Alias("get-witnesses")]
    Task<Reply<WitnessesView>> GetWitnessesAsync();

    /// <summary>The public keys of the country's signed acts; anybody recognised.</summary>
    [AlwaysInterleave, Alias("list-keys")]
    Task<Reply<SigningKeyList>> ListSigningKeysAsync();

    /// <summary>
    /// Registers a key. Signed with a key that counts now, it counts at once; without any such key it is proposed, and another
    /// administrator must confirm it (I11).
    /// </summary>
    [Alias("register-key")]
    Task<Reply<SigningKeyView>> RegisterSigningKeyAsync(Caller caller, Operation operation, SigningKeyRegistration registration);

    /// <summary>Confirms a proposed key; another administrator than the one who registered it. From now on acts must be signed.</summary>
    [Alias("confirm-key")]
    Task<Reply<SigningKeyView>> ConfirmSigningKeyAsync(Caller caller, Operation operation, string kid);

    /// <summary>
    /// Revokes a key at once and for good, by token alone: who has lost a key cannot sign with it. No act is accepted with it
    /// after the call returned.
    /// </summary>
    /// <param name="caller">An administrator of the country.</param>
    /// <param name="operation">Idempotency.</param>
    /// <param name="kid">The key's thumbprint.</param>
    /// <param name="at">Since when nothing signed with it is to be trusted, between its registration and now; null for now.</param>
    /// <param name="reason">Private text, or null.</param>
    [Alias("revoke-key")]
    Task<Reply<SigningKeyView>> RevokeSigningKeyAsync(Caller caller, Operation operation, string kid, DateTimeOffset? at, string? reason);

    /// <summary>Judges stated facts under the country's pack in force today, or on a later event date; no effect.</summary>
    [AlwaysInterleave, Alias("evaluate")]
    Task<Reply<RuleEvaluation>> EvaluateAsync(Caller caller, RuleQuestion question);
}
