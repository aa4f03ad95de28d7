using System.Text.Json;
using BriData.Contracts;
using BriData.Entries.Countries;
using BriData.Entries.Events;
using BriData.Entries.Signatures;
using BriData.Ledger.Signing;

namespace BriData.Entries.Tests.Signatures;

/// <summary>Which acts on a country's keys are lawful.</summary>
public sealed class KeyActsTests : IDisposable
{
    private static readonly DateTimeOffset Now = Signer.Now;

    private readonly Signer _first = new();
    private readonly Signer _second = new(SignatureAlgorithms.Es256);
    private readonly CountryState _state = new();
    private long _index;

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
    }

    [Fact]
    public void FirstKey_NeedsASecondPerson()
    {
        Do(_first.Registration());
        Assert.Equal("proposed", _state.Key(_first.Kid)!.StatusAt(Now));
        var confirmed = new CountryKeyConfirmed(_first.Kid);

        Is(ErrorCodes.SecondPersonNeeded, Signer.Entry(confirmed));
        Do(Signer.Entry(confirmed, officer: "o-second"));

        Assert.Equal("valid", _state.Key(_first.Kid)!.StatusAt(Now));
        Is(ErrorCodes.WrongState, Signer.Entry(confirmed, officer: "o-second"));
        Is(ErrorCodes.UnknownSigningKey, Signer.Entry(new CountryKeyConfirmed("none"), officer: "o-second"));
    }

    [Fact]
    public void NextKey_NeedsTheSignatureOfOneThatCounts()
    {
        Establish(_first);

        Is(ErrorCodes.SignatureRequired, _second.Registration());
        Do(_second.Registration(_first));

        Assert.Equal("valid", _state.Key(_second.Kid)!.StatusAt(Now));
    }

    [Fact]
    public void Proposal_WhileAKeyCounts_CannotBeConfirmedByTokenAlone()
    {
        Do(_second.Registration());
        Establish(_first);

        Is(ErrorCodes.SignatureRequired, Signer.Entry(new CountryKeyConfirmed(_second.Kid), officer: "o-second"));
        Is(ErrorCodes.AlreadyExists, _second.Registration());
        Do(_second.Registration(_first));

        Assert.Equal("valid", _state.Key(_second.Kid)!.StatusAt(Now));
        Is(ErrorCodes.AlreadyExists, _second.Registration(_first));
    }

    [Fact]
    public void Signature_ByAKeyThatDoesNotCount_RegistersNothing()
    {
        using var third = new Signer();
        Is(ErrorCodes.SigningKeyUnknown, _second.Registration(_first));
        Do(_first.Registration());
        Is(ErrorCodes.SigningKeyUnknown, _second.Registration(_first));
        Do(Signer.Entry(new CountryKeyConfirmed(_first.Kid), officer: "o-second"));
        Do(Signer.Entry(new CountryKeyRevoked(_first.Kid, Now, null)));

        Is(ErrorCodes.SigningKeyRevoked, _second.Registration(_first));
        Is(ErrorCodes.SigningKeyUnknown, _second.Registration(third));
    }

    [Fact]
    public void LostKey_OnceRevoked_IsFollowedByOneThatTwoPersonsBringIn()
    {
        Establish(_first);
        Do(Signer.Entry(new CountryKeyRevoked(_first.Kid, Now, null)));

        Do(_second.Registration());
        Do(Signer.Entry(new CountryKeyConfirmed(_second.Kid), officer: "o-second"));

        Assert.Equal("valid", _state.Key(_second.Kid)!.StatusAt(Now));
        Assert.Equal("revoked", _state.Key(_first.Kid)!.StatusAt(Now));
        Is(ErrorCodes.AlreadyExists, _first.Registration(_second));
    }

    [Fact]
    public void Revocation_LiesBetweenRegistrationAndNow_Once()
    {
        Establish(_first, Now);
        var later = Now.AddHours(1);

        Is(ErrorCodes.InvalidField, Signer.Entry(new CountryKeyRevoked(_first.Kid, Now.AddMilliseconds(-1), null), later));
        Is(ErrorCodes.InvalidField, Signer.Entry(new CountryKeyRevoked(_first.Kid, later.AddMilliseconds(1), null), later));
        Is(ErrorCodes.UnknownSigningKey, Signer.Entry(new CountryKeyRevoked("none", later, null), later));
        Do(Signer.Entry(new CountryKeyRevoked(_first.Kid, Now.AddMinutes(30), null), later));

        Is(ErrorCodes.WrongState, Signer.Entry(new CountryKeyRevoked(_first.Kid, later, null), later));
    }

    [Fact]
    public void Revocation_OfAProposal_EndsIt()
    {
        Do(_first.Registration());
        Do(Signer.Entry(new CountryKeyRevoked(_first.Kid, Now, null)));

        Is(ErrorCodes.WrongState, Signer.Entry(new CountryKeyConfirmed(_first.Kid), officer: "o-second"));
        Assert.Null(ActSignatures.Check(Signer.Entry(new RulePackApproved("1", new DateOnly(2026, 12, 1))), _state, "CN"));
    }

    [Fact]
    public void Proof_OfAnotherKeyOrAct_IsRefused()
    {
        var registered = (CountryKeyRegistered)_first.Registration().Data;
        var act = Acts.OfKey("CN", _first.Jwk, null, null, SignedAct.Text(Now));
        foreach (var proof in (string[])
        [
            "",
            _second.Sign(act),
            _first.Sign(Acts.OfKey("KZ", _first.Jwk, null, null, SignedAct.Text(Now))),
            _first.Sign(Acts.OfKey("CN", _second.Jwk, null, null, SignedAct.Text(Now))),
            _first.Sign(Acts.OfKey("CN", _first.Jwk, Now, null, SignedAct.Text(Now))),
            _first.Sign(Acts.OfKey("CN", _first.Jwk, null, Now.AddDays(1), SignedAct.Text(Now))),
            _first.Sign(Acts.OfKey("CN", _first.Jwk, null, null, SignedAct.Text(Now.AddDays(-1)))),
            _first.SignAgreement(),
        ])
        {
            Is(ErrorCodes.SignatureInvalid, Signer.Entry(registered with { Proof = proof }));
        }

        Is(ErrorCodes.InvalidField, Signer.Entry(registered with { Kid = _second.Kid }));
        Is(ErrorCodes.InvalidField, Signer.Entry(registered with { Jwk = new JsonText(_first.Private.ToJson()) }));
    }

    [Fact]
    public void Times_ThatHoldNoInstant_AreRefused()
    {
        Is(ErrorCodes.InvalidField, _first.Registration(validUntil: Now));
        Is(ErrorCodes.InvalidField, _first.Registration(validFrom: Now.AddDays(2), validUntil: Now.AddDays(2)));
        Do(_first.Registration(validFrom: Now.AddDays(1), validUntil: Now.AddDays(2)));
        Is(ErrorCodes.WrongState, Signer.Entry(new CountryKeyConfirmed(_first.Kid), Now.AddDays(2), "o-second"));
        Do(Signer.Entry(new CountryKeyConfirmed(_first.Kid), officer: "o-second"));

        var key = _state.Key(_first.Kid)!;
        Assert.Equal(["notYetValid", "valid", "expired"], new[] { Now, Now.AddDays(1), Now.AddDays(2) }.Select(key.StatusAt));
    }

    [Fact]
    public void Keys_BeyondTheLimit_AreRefused()
    {
        Establish(_first);
        for (var i = 1; i < KeyActs.MaxKeys; i++)
        {
            using var next = new Signer();
            Do(next.Registration(_first));
        }

        Is(ErrorCodes.WrongState, _second.Registration(_first));
    }

    [Fact]
    public void Context_WithAsManyKeysAsThereMayBe_FitsInAnEntry()
    {
        var keys = Enumerable.Range(0, KeyActs.MaxKeys).Select(_ => _second.Key with { ValidFrom = Now, ValidUntil = Now, RevokedAt = Now });

        var entry = EventEncoder.Encode(Signer.Entry(new Entries.Agreements.CountryContextTaken(new Contracts.Countries.CountryContext("CN", 1, [], null, [], Keys: [.. keys]))));

        Assert.InRange(entry.Length, 1, Ledger.LedgerTree.MaxEntryBytes / 2);
    }

    [Fact]
    public void Snapshot_OfTheRegister_ReadsBack()
    {
        Establish(_first);
        Do(_second.Registration(_first, validFrom: Now, validUntil: Now.AddDays(1)));
        Do(Signer.Entry(new CountryKeyRevoked(_first.Kid, Now, null)));
        var json = JsonSerializer.Serialize(_state, EventJson.Default.CountryState);

        var back = JsonSerializer.Deserialize(json, EventJson.Default.CountryState)!;

        Assert.Equal(_state.Keys.Select(k => (k.Key, k.RegisteredBy, k.LastIndex)), back.Keys.Select(k => (k.Key, k.RegisteredBy, k.LastIndex)));
        Assert.Equal(json, JsonSerializer.Serialize(back, EventJson.Default.CountryState));
    }

    private void Establish(Signer signer, DateTimeOffset? at = null)
    {
        Do(signer.Registration(at: at));
        Do(Signer.Entry(new CountryKeyConfirmed(signer.Kid), at, "o-second"));
    }

    private void Do(LedgerEvent entry)
    {
        Assert.Null(ActSignatures.Check(entry, _state, "CN"));
        _state.Apply(entry, _index++);
    }

    private void Is(string code, LedgerEvent entry) => Assert.Equal(code, ActSignatures.Check(entry, _state, "CN")?.Code);
}
