using BriData.Policy.Classification;
using BriData.Policy.Decisions;
using BriData.Policy.Facts;
using BriData.Policy.Tests.Support;

namespace BriData.Policy.Tests.Decisions;

public sealed class DecisionEngineTests
{
    [Fact]
    public void Decide_PlainCustomsDataFromChina_PermitsWithCitation()
    {
        var decision = DecisionEngine.Decide(Requests.Customs());

        Assert.Equal(DecisionOutcome.Permit, decision.Outcome);
        Assert.Equal(DecisionCodes.Permitted, decision.Code);
        Assert.Null(decision.Kind);
        Assert.Empty(decision.Missing);
        var rule = Assert.Single(decision.Rules, rule => rule.Id == "cn-2-no-pi-no-important");
        Assert.Equal("matched", rule.Result);
        Assert.Equal("EXEMPT", rule.Outcome);
        Assert.Equal("Provisions on Promoting and Regulating Cross-border Data Flows (CAC Order 16), art. 3", rule.Citation);
        Assert.Equal(["dataKind", "importantData", "purpose"], rule.DecidedBy);
        Assert.Contains(decision.Rules, rule => rule is { Source: "KZ" } or { Id: "platform.importer-default" });
        Assert.Equal(["CN_EXEMPT_NO_PI_NO_IMPORTANT"], decision.Mechanisms);
    }

    [Fact]
    public void Decide_PlainCustomsData_RecordsTheVersionsOfEverything()
    {
        var versions = DecisionEngine.Decide(Requests.Customs()).Versions;

        Assert.Equal(1, versions.Agreement);
        Assert.Equal(3, versions.DataSet);
        Assert.Equal("CN@2026-01", versions.Scheme);
        Assert.Equal(Packs.Get("CN").Reference, versions.ExporterPack);
        Assert.Equal(Packs.Get("KZ").Reference, versions.ImporterPack);
        Assert.Equal(DecisionEngine.Version, versions.Engine);
    }

    [Fact]
    public void Decide_PlainCustomsDataFromKazakhstan_Permits()
    {
        Assert.Equal(DecisionOutcome.Permit, DecisionEngine.Decide(Requests.FromKazakhstan()).Outcome);
    }

    [Theory]
    [InlineData(true, false, "CN/customs")]
    [InlineData(false, true, "KZ/customs")]
    public void Decide_SuspendedAgency_Denies(bool exporter, bool importer, string agency)
    {
        var input = Requests.Customs();
        input = input with
        {
            Exporter = input.Exporter with { AgencySuspended = exporter },
            Importer = input.Importer with { AgencySuspended = importer },
        };

        var decision = DecisionEngine.Decide(input);

        AssertDenied(decision, DecisionCodes.AgencySuspended, DenialKind.Forbidden);
        Assert.Contains(agency, decision.Reason, StringComparison.Ordinal);
        Assert.Null(decision.Remedy);
        Assert.DoesNotContain(decision.Rules, rule => rule.Source == "CN");
    }

    [Theory]
    [InlineData("2026-06-15", null, true)]
    [InlineData("2026-06-16", null, false)]
    [InlineData("2025-01-01", "2026-06-15", true)]
    [InlineData("2025-01-01", "2026-06-14", false)]
    public void Decide_AgreementDates_AreInclusive(string from, string? to, bool valid)
    {
        var input = Requests.Customs();
        input = input with
        {
            Agreement = input.Agreement with { ValidFrom = DateOnly.Parse(from), ValidTo = to is null ? null : DateOnly.Parse(to) },
        };

        var decision = DecisionEngine.Decide(input);

        Assert.Equal(valid, decision.Outcome == DecisionOutcome.Permit);
        if (!valid)
        {
            AssertDenied(decision, DecisionCodes.AgreementNotValid, DenialKind.NotPermitted);
        }
    }

    [Fact]
    public void Decide_RequestMadeBeforeTheAgreement_Denies()
    {
        var input = Requests.Customs() with { At = new DateTimeOffset(2024, 12, 31, 23, 59, 59, TimeSpan.Zero) };

        AssertDenied(DecisionEngine.Decide(input), DecisionCodes.AgreementNotValid, DenialKind.NotPermitted);
    }

    [Theory]
    [InlineData("CN/tax/invoices", "KZ/customs", "InternationalTrade", DecisionCodes.DataSetNotCovered)]
    [InlineData("CN/customs-x/invoices", "KZ/customs", "InternationalTrade", DecisionCodes.DataSetNotCovered)]
    [InlineData("CN/customs/declarations", "KZ/tax", "InternationalTrade", DecisionCodes.RecipientNotCovered)]
    [InlineData("CN/customs/declarations", "KZ/customs", "Marketing", DecisionCodes.PurposeNotAgreed)]
    [InlineData("CN/customs/declarations", "KZ/customs", "NoSuchPurpose", DecisionCodes.PurposeNotAgreed)]
    public void Decide_OutsideTheGrants_NamesTheNearestMiss(string dataSet, string importer, string purpose, string code)
    {
        var input = Requests.Customs();
        input = input with
        {
            DataSet = input.DataSet with { Id = dataSet },
            Importer = input.Importer with { Agency = importer },
            Purpose = purpose,
        };

        AssertDenied(DecisionEngine.Decide(input), code, DenialKind.NotPermitted);
    }

    [Fact]
    public void Decide_PurposeNotAgreed_RemedyIsAnAgreedPurpose()
    {
        var decision = DecisionEngine.Decide(Requests.Customs() with { Purpose = "Marketing" });

        Assert.Equal(new RemedyChange("purpose", "purpose", "InternationalTrade"), Assert.Single(decision.Remedy!.Changes));
    }

    [Fact]
    public void Decide_NoScheme_DeniesUnknownMark()
    {
        var input = Requests.Customs();

        AssertDenied(
            DecisionEngine.Decide(input with { DataSet = input.DataSet with { Scheme = null } }), DecisionCodes.MarkUnknown, DenialKind.NotPermitted);
        AssertDenied(
            DecisionEngine.Decide(input with { DataSet = input.DataSet with { Mark = "Internal" } }), DecisionCodes.MarkUnknown, DenialKind.NotPermitted);
    }

    [Fact]
    public void Decide_ConfidentialWithoutRecognition_DeniesAndProposesOne()
    {
        var input = Requests.Customs().WithGrant(grant => grant with { MaxLevel = SecurityLevel.Top });
        input = input with { DataSet = input.DataSet with { Mark = "sensitive" } };

        var decision = DecisionEngine.Decide(input);

        AssertDenied(decision, DecisionCodes.MarkNotRecognised, DenialKind.NotPermitted);
        Assert.Contains("no equivalence", decision.Reason, StringComparison.Ordinal);
        Assert.Equal(new RemedyChange("agreement", "recognitions", "sensitive=confidential"), Assert.Single(decision.Remedy!.Changes));
        Assert.Contains(decision.Rules, rule => rule.Source == "CN");
    }

    [Theory]
    [InlineData("2026-06-15", "2026-06-15", true)]
    [InlineData("2026-06-16", null, false)]
    [InlineData("2025-01-01", "2026-06-14", false)]
    public void Decide_Recognition_CountsOnItsDays(string from, string? until, bool counts)
    {
        var input = Requests.Customs().WithGrant(grant => grant with { MaxLevel = SecurityLevel.Top });
        input = input with
        {
            DataSet = input.DataSet with { Mark = "sensitive" },
            Agreement = input.Agreement with
            {
                Recognitions = [new Recognition("CN", "sensitive", SecurityLevel.Confidential, DateOnly.Parse(from), until is null ? null : DateOnly.Parse(until))],
            },
        };

        Assert.Equal(counts, DecisionEngine.Decide(input).Outcome == DecisionOutcome.Permit);
    }

    [Fact]
    public void Decide_RecognitionAtAHigherLevel_RaisesTheLevel()
    {
        var input = Requests.Customs();
        input = input with
        {
            Agreement = input.Agreement with { Recognitions = [new Recognition("CN", "internal", SecurityLevel.Secret, new DateOnly(2025, 1, 1), null)] },
        };

        var decision = DecisionEngine.Decide(input);

        AssertDenied(decision, DecisionCodes.LevelTooHigh, DenialKind.NotPermitted);
        Assert.Equal("secret", Assert.Single(decision.Remedy!.Changes).Value);
    }

    [Fact]
    public void Decide_RecognitionAtALowerLevel_LowersNothing()
    {
        var input = Requests.Customs().WithGrant(grant => grant with { MaxLevel = SecurityLevel.Internal });
        input = input with
        {
            DataSet = input.DataSet with { Mark = "restricted" },
            Agreement = input.Agreement with { Recognitions = [new Recognition("CN", "restricted", SecurityLevel.Open, new DateOnly(2025, 1, 1), null)] },
        };

        AssertDenied(DecisionEngine.Decide(input), DecisionCodes.LevelTooHigh, DenialKind.NotPermitted);
    }

    [Fact]
    public void Decide_StateSecretRecognised_GoesToAPersonOfTheExporter()
    {
        var input = Requests.Customs().WithGrant(grant => grant with { MaxLevel = SecurityLevel.Top });
        input = input with
        {
            DataSet = input.DataSet with { Mark = "mimi" },
            Agreement = input.Agreement with { Recognitions = [new Recognition("CN", "mimi", SecurityLevel.Confidential, new DateOnly(2025, 1, 1), null)] },
        };

        var decision = DecisionEngine.Decide(input);

        Assert.Equal(DecisionOutcome.ApprovalRequired, decision.Outcome);
        Assert.Equal(DecisionCodes.HumanReviewRequired, decision.Code);
        Assert.Contains(new RequiredApproval("CN", "approver", "cn-0a-security-agreement"), decision.Approvals);
    }

    [Theory]
    [InlineData(SharingMark.Red, "KZ/*", false)]
    [InlineData(SharingMark.Red, "KZ/customs", true)]
    [InlineData(SharingMark.Amber, "KZ/*", true)]
    public void Decide_TlpRed_NeedsAGrantThatNamesTheRecipient(SharingMark sharing, string importers, bool passes)
    {
        var input = Requests.Customs().WithGrant(grant => grant with { Importers = [importers] });

        var decision = DecisionEngine.Decide(input with { DataSet = input.DataSet with { Sharing = sharing } });

        Assert.Equal(passes, decision.Outcome == DecisionOutcome.Permit);
        Assert.True(passes || decision.Code == DecisionCodes.SharingTooNarrow);
    }

    [Theory]
    [InlineData(SharingMark.Green, "Community", true)]
    [InlineData(SharingMark.Green, "Public", false)]
    [InlineData(SharingMark.Amber, "ClientOfRecipient", true)]
    [InlineData(SharingMark.Amber, "Community", false)]
    [InlineData(SharingMark.AmberStrict, "RecipientOrganisation", true)]
    [InlineData(SharingMark.AmberStrict, "ClientOfRecipient", false)]
    [InlineData(SharingMark.Red, "Recipient", true)]
    [InlineData(SharingMark.Red, "RecipientOrganisation", false)]
    [InlineData(SharingMark.Clear, "Public", true)]
    public void Decide_Audience_IsBoundedByTheSharingMark(SharingMark sharing, string audience, bool passes)
    {
        var input = Requests.Customs();
        input = input with
        {
            DataSet = input.DataSet with { Sharing = sharing },
            CallerFacts = FactSet.Empty.With("audience", audience),
        };

        var decision = DecisionEngine.Decide(input);

        Assert.Equal(passes, decision.Outcome == DecisionOutcome.Permit);
        if (!passes)
        {
            AssertDenied(decision, DecisionCodes.SharingTooNarrow, DenialKind.Forbidden);
            Assert.Equal(new RemedyChange("fact", "audience", "Recipient"), Assert.Single(decision.Remedy!.Changes));
        }
    }

    [Theory]
    [InlineData(9, true)]
    [InlineData(10, false)]
    public void Decide_Quota_IsTheNumberAllowed(long made, bool passes)
    {
        var input = Requests.Customs().WithGrant(grant => grant with { TransfersPerYear = 10 }) with { TransfersThisYear = made };

        var decision = DecisionEngine.Decide(input);

        Assert.Equal(passes, decision.Outcome == DecisionOutcome.Permit);
        if (!passes)
        {
            AssertDenied(decision, DecisionCodes.QuotaExceeded, DenialKind.NotPermitted);
            Assert.Equal("11", Assert.Single(decision.Remedy!.Changes).Value);
        }
    }

    [Fact]
    public void Decide_GrantWithApproval_AsksTheCountry()
    {
        var decision = DecisionEngine.Decide(Requests.Customs().WithGrant(grant => grant with { ApprovalBy = "CN" }));

        Assert.Equal(DecisionOutcome.ApprovalRequired, decision.Outcome);
        Assert.Equal(DecisionCodes.ApprovalRequired, decision.Code);
        Assert.Equal(new RequiredApproval("CN", "approver", "agreement.grant.g1"), Assert.Single(decision.Approvals));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Decide_NoRulePack_Denies(bool exporter)
    {
        var input = Requests.Customs();
        input = exporter
            ? input with { Exporter = input.Exporter with { Pack = null } }
            : input with { Importer = input.Importer with { Pack = null } };

        AssertDenied(DecisionEngine.Decide(input), DecisionCodes.RulePackMissing, DenialKind.NotPermitted);
    }

    [Fact]
    public void Decide_TwoReasons_NamesTheFirstAndTracesBoth()
    {
        var input = Requests.Customs();
        var decision = DecisionEngine.Decide(input with
        {
            DataSet = input.DataSet with { Mark = "sensitive", Grade = EconomicGrade.Core },
        });

        AssertDenied(decision, DecisionCodes.MarkNotRecognised, DenialKind.NotPermitted);
        Assert.Contains(decision.Rules, rule => rule is { Id: "cn-0b-core-data", Result: "matched" });
    }

    [Fact]
    public void StepNames_Always_AreThePolicyInOrder()
    {
        Assert.Equal(
            [
                "CheckParties", "CheckAgreementValidity", "FindGrant", "CheckClassification", "CheckSharingMark", "CheckOrigins", "CheckQuota",
                "EvaluateExporterPack", "EvaluateImporterPack", "CombineLaws",
            ],
            DecisionEngine.StepNames);
    }

    private static void AssertDenied(Decision decision, string code, DenialKind kind)
    {
        Assert.Equal(DecisionOutcome.Deny, decision.Outcome);
        Assert.Equal(code, decision.Code);
        Assert.Equal(kind, decision.Kind);
        Assert.Empty(decision.Approvals);
    }
}
