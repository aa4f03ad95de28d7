using BriData.Contracts;
using BriData.Contracts.Countries;
using BriData.Entries.Agreements;
using BriData.Entries.Countries;
using BriData.Entries.Signatures;
using BriData.Ledger.Signing;
using CsCheck;

namespace BriData.Entries.Tests.Signatures;

/// <summary>What a verifier says of a signed act, from the ledger alone.</summary>
public sealed class ActSignaturesTests : IDisposable
{
    private static readonly DateTimeOffset Now = Signer.Now;

    private readonly Signer _signer = new();
    private readonly Signer _other = new();

    public void Dispose()
    {
        _signer.Dispose();
        _other.Dispose();
    }

    [Theory]
    [InlineData(SignatureAlgorithms.EdDsa)]
    [InlineData(SignatureAlgorithms.Es256)]
    public void Check_SignedWithAKeyThatCounts_Holds(string algorithm)
    {
        using var signer = new Signer(algorithm);

        Assert.Null(ActSignatures.Check(Signer.Signed(signer.SignAgreement()), Signer.Agreement(signer.Key)));
    }

    [Fact]
    public void Check_DateInWholeSeconds_Holds()
    {
        var act = Acts.OnAgreement(Acts.Sign, "cn-kz-test", AgreementDigest.Of(Signer.Terms()), "CN", "2026-11-23T10:00:00Z");

        Assert.Null(ActSignatures.Check(Signer.Signed(_signer.Sign(act)), Signer.Agreement(_signer.Key)));
    }

    [Fact]
    public void Check_CountryWithoutAKey_ActsByTokenAlone()
    {
        Assert.Null(ActSignatures.Check(Signer.Signed(null), Signer.Agreement()));
        Assert.Null(ActSignatures.Check(Signer.Signed(null), Signer.Agreement(_signer.Key with { ConfirmedAt = null })));
        Is(ErrorCodes.SigningKeyUnknown, Signer.Signed(_signer.SignAgreement()), Signer.Agreement());
    }

    [Fact]
    public void Check_CountryWithAKey_MustSign()
    {
        Is(ErrorCodes.SignatureRequired, Signer.Signed(null), Signer.Agreement(_signer.Key));

        // Losing every key does not open the way without one again.
        Is(ErrorCodes.SignatureRequired, Signer.Signed(null), Signer.Agreement(_signer.Key with { RevokedAt = Now }));
        Is(ErrorCodes.SignatureRequired, Signer.Signed(null), Signer.Agreement(_signer.Key with { ValidUntil = Now }));
    }

    [Fact]
    public void Check_OtherKey_IsRefused()
    {
        var state = Signer.Agreement(_signer.Key);

        Is(ErrorCodes.SigningKeyUnknown, Signer.Signed(_other.SignAgreement()), state);
        Is(ErrorCodes.SigningKeyUnknown, Signer.Signed(_other.SignAgreement()), Signer.Agreement(_signer.Key, _other.Key with { ConfirmedAt = null }));
    }

    [Fact]
    public void Check_KeyRegisteredUnderAnothersName_IsRefused() =>
        Is(ErrorCodes.SignatureInvalid, Signer.Signed(_signer.SignAgreement()), Signer.Agreement(_signer.Key with { Jwk = _other.Jwk }));

    [Fact]
    public void Check_KeyOfTheOtherParty_IsRefused()
    {
        var state = Signer.Agreement(_signer.Key);
        state.Apply(Signer.Entry(new CountryContextTaken(new CountryContext("KZ", 3, [], null, [], Keys: [_other.Key]))), 2);

        Is(ErrorCodes.SigningKeyUnknown, Signer.Signed(_other.SignAgreement()), state);
        Is(ErrorCodes.SigningKeyUnknown, Signer.Signed(_signer.SignAgreement(country: "KZ"), country: "KZ"), state);
        Assert.Null(ActSignatures.Check(Signer.Signed(_other.SignAgreement(country: "KZ"), country: "KZ"), state));
    }

    [Fact]
    public void Check_RevokedBefore_IsRefusedWhateverItsDate()
    {
        var state = Signer.Agreement(_signer.Key with { RevokedAt = Now });

        Is(ErrorCodes.SigningKeyRevoked, Signer.Signed(_signer.SignAgreement()), state);
        Is(ErrorCodes.SigningKeyRevoked, Signer.Signed(_signer.SignAgreement(Now.AddMinutes(-5))), state);
    }

    [Fact]
    public void Review_RevokedLater_IsStillGoodForItsDate()
    {
        var signature = _signer.SignAgreement();

        Assert.Null(ActSignatures.Review(signature, [_signer.Key]));
        Assert.Null(ActSignatures.Review(signature, [_signer.Key with { RevokedAt = Now.AddMilliseconds(1) }]));
    }

    [Fact]
    public void Review_KeyInOtherHandsByThen_IsGoodNoMore()
    {
        var signature = _signer.SignAgreement();

        Assert.Equal(ErrorCodes.SigningKeyRevoked, ActSignatures.Review(signature, [_signer.Key with { RevokedAt = Now }])?.Code);
        Assert.Equal(ErrorCodes.SigningKeyRevoked, ActSignatures.Review(signature, [_signer.Key with { RevokedAt = Now.AddHours(-1) }])?.Code);
        Assert.Equal(ErrorCodes.SigningKeyUnknown, ActSignatures.Review(signature, [_other.Key])?.Code);
        Assert.Equal(ErrorCodes.SignatureInvalid, ActSignatures.Review("no signature", [_signer.Key])?.Code);
    }

    [Fact]
    public void Check_OutsideTheTimesOfTheKey_IsRefused()
    {
        var entry = Signer.Signed(_signer.SignAgreement());

        Is(ErrorCodes.SignatureInvalid, entry, Signer.Agreement(_signer.Key with { ValidFrom = Now.AddMilliseconds(1) }));
        Is(ErrorCodes.SignatureInvalid, entry, Signer.Agreement(_signer.Key with { ValidUntil = Now }));
        Is(ErrorCodes.SignatureInvalid, entry, Signer.Agreement(_signer.Key with { ConfirmedAt = Now.AddMilliseconds(1) }));
        Assert.Null(ActSignatures.Check(entry, Signer.Agreement(_signer.Key with { ValidFrom = Now, ValidUntil = Now.AddMilliseconds(1), ConfirmedAt = Now })));
    }

    [Fact]
    public void Check_AnotherAct_IsRefused()
    {
        var state = Signer.Agreement(_signer.Key);
        var act = Acts.OnAgreement(Acts.Sign, "cn-kz-test", AgreementDigest.Of(Signer.Terms()), "CN", SignedAct.Text(Now));
        var spaced = System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.UTF8.GetString(act).Replace(":\"agreement.sign\"", ": \"agreement.sign\"", StringComparison.Ordinal));
        var more = System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.UTF8.GetString(act).TrimEnd('}') + ",\"z\":1}");

        foreach (var signature in (string[])
        [
            _signer.SignAgreement(act: Acts.Terminate),
            _signer.SignAgreement(agreement: "cn-kz-other"),
            _signer.SignAgreement(country: "KZ"),
            _signer.SignAgreement(document: AgreementDigest.Of(Signer.Terms("An earlier wording"))),
            _signer.SignAgreement(Now.AddDays(-1)),
            _signer.SignAgreement(Now.AddDays(1)),
            _signer.Sign(Acts.OnRulePack(Acts.Approve, "CN", "1", new string('0', 64), new DateOnly(2026, 11, 23), SignedAct.Text(Now))),
            _signer.Sign(act, "JWT"),
            _signer.Sign(spaced),
            _signer.Sign(more),
            _signer.Sign("{}"u8.ToArray()),
            _signer.Sign("[]"u8.ToArray()),
            _signer.Sign("not json"u8.ToArray()),
        ])
        {
            Is(ErrorCodes.SignatureInvalid, Signer.Signed(signature), state);
        }

        Assert.Null(ActSignatures.Check(Signer.Signed(_signer.Sign(act)), state));
    }

    [Theory]
    [InlineData(Acts.Suspend)]
    [InlineData(Acts.Resume)]
    [InlineData(Acts.Terminate)]
    public void Check_EachAct_NeedsItsOwnSignature(string act)
    {
        var after = new AgreementAfter("suspended", ["CN"], ["CN"], 3);
        var signature = _signer.SignAgreement(act: act);
        var state = Signer.Agreement(_signer.Key);
        AgreementActed[] acted =
        [
            new AgreementSigned("CN", after, signature),
            new AgreementSuspended("CN", null, after, signature),
            new AgreementResumed("CN", null, after, signature),
            new AgreementTerminated("CN", null, after, signature),
        ];

        Assert.Single(acted, a => ActSignatures.Check(Signer.Entry(a), state) is null);
    }

    [Theory]
    [InlineData(10, 10, true)]
    [InlineData(-10, 10, true)]
    [InlineData(10.001, 10, false)]
    [InlineData(-10.001, 10, false)]
    [InlineData(60, 600, true)]
    [InlineData(61, 600, false)]
    public void Check_DateFromTheClock_IsTakenWithinTheWindowOnly(double minutes, double window, bool holds)
    {
        var entry = Signer.Signed(_signer.SignAgreement(Now), Now.AddMinutes(minutes));

        Assert.Equal(holds, ActSignatures.Check(entry, Signer.Agreement(_signer.Key), TimeSpan.FromMinutes(window)) is null);
    }

    [Fact]
    public void Check_SameSignatureTwice_IsTakenOnce()
    {
        var state = Signer.Agreement(_signer.Key);
        var after = new AgreementAfter("suspended", [], ["CN"], 3);
        var suspended = Signer.Entry(new AgreementSuspended("CN", null, after, _signer.SignAgreement(act: Acts.Suspend)));
        Assert.Null(ActSignatures.Check(suspended, state));
        state.Apply(suspended, 2);
        state.Apply(Signer.Entry(new AgreementResumed("CN", null, after, _signer.SignAgreement(Now.AddSeconds(1), Acts.Resume))), 3);

        Is(ErrorCodes.SignatureInvalid, suspended, state);
        Assert.Null(ActSignatures.Check(Signer.Entry(new AgreementSuspended("CN", null, after, _signer.SignAgreement(Now.AddSeconds(2), Acts.Suspend))), state));
    }

    [Fact]
    public void Check_ActOnNothing_IsRefused()
    {
        Is(ErrorCodes.UnknownAgreement, Signer.Signed(_signer.SignAgreement()), new AgreementState());
        var country = new CountryState { Keys = [new SigningKeyState { Key = _signer.Key, RegisteredBy = "o-first" }] };
        var day = new DateOnly(2026, 12, 1);
        var approval = new RulePackApproved("2", day, _signer.Sign(Acts.OnRulePack(Acts.Approve, "CN", "2", new string('a', 64), day, SignedAct.Text(Now))));

        Assert.Equal(ErrorCodes.SignatureInvalid, ActSignatures.Check(Signer.Entry(approval), country, "CN")?.Code);
    }

    [Fact]
    public void Check_AnyCharacterChanged_IsRefused()
    {
        var signature = _signer.SignAgreement();
        var state = Signer.Agreement(_signer.Key);
        Gen.Select(Gen.Int[0, signature.Length - 1], Gen.Char[' ', '~']).Sample((at, with) =>
            with == signature[at] || ActSignatures.Check(Signer.Signed(string.Concat(signature.AsSpan(0, at), [with], signature.AsSpan(at + 1))), state) is not null);
    }

    [Fact]
    public void Check_RulePack_IsSignedForVersionSourceAndDay()
    {
        var day = new DateOnly(2026, 12, 1);
        var digest = new string('a', 64);
        var state = new CountryState { Keys = [new SigningKeyState { Key = _signer.Key, RegisteredBy = "o-first" }] };
        state.Apply(Signer.Entry(new RulePackDrafted("CN", "2", digest)), 0);
        string Sign(string act, string country = "CN", string version = "2", string? source = null, int days = 0) =>
            _signer.Sign(Acts.OnRulePack(act, country, version, source ?? digest, day.AddDays(days), SignedAct.Text(Now)));
        Refusal? Approve(string? signature) => ActSignatures.Check(Signer.Entry(new RulePackApproved("2", day, signature)), state, "CN");

        Assert.Null(Approve(Sign(Acts.Approve)));
        Assert.Null(ActSignatures.Check(Signer.Entry(new RulePackReinstated("2", day, Sign(Acts.Reinstate))), state, "CN"));
        Assert.Equal(ErrorCodes.SignatureRequired, Approve(null)?.Code);
        foreach (var signature in (string[])[Sign(Acts.Reinstate), Sign(Acts.Approve, "KZ"), Sign(Acts.Approve, version: "1"), Sign(Acts.Approve, source: new string('b', 64)), Sign(Acts.Approve, days: 1)])
        {
            Assert.Equal(ErrorCodes.SignatureInvalid, Approve(signature)?.Code);
        }
    }

    [Fact]
    public void Digest_OfTheTerms_IsThatOfTheEntry()
    {
        using var entry = System.Text.Json.JsonDocument.Parse(Events.EventSamples.Encoded("agreement.drafted"));
        var document = System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(entry.RootElement.GetProperty("data").GetProperty("document"));

        Assert.Equal(Ledger.Hash256.OfSha256(document).ToString(), AgreementDigest.Of(Events.EventSamples.Terms));
    }

    private static void Is(string code, Entries.Events.LedgerEvent entry, AgreementState before) => Assert.Equal(code, ActSignatures.Check(entry, before)?.Code);
}
