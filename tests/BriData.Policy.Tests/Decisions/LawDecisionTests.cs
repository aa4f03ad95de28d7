using BriData.Policy.Classification;
using BriData.Policy.Decisions;
using BriData.Policy.Facts;
using BriData.Policy.Tests.Support;

namespace BriData.Policy.Tests.Decisions;

/// <summary>Decisions that turn on the law rather than on the agreement.</summary>
public sealed class LawDecisionTests
{
    private static readonly DateOnly From = new(2026, 1, 1);

    private static DecisionInput Travellers(FactSet? stated = null, long? general = null, long? sensitive = null)
    {
        var totals = FactSet.Empty;
        totals = general is { } g ? totals.With(FactNames.PersonalSubjects, g) : totals;
        totals = sensitive is { } s ? totals.With(FactNames.SensitiveSubjects, s) : totals;
        return Requests.Customs() with
        {
            DataSet = Requests.Travellers with { Facts = stated ?? FactSet.Empty },
            PlatformFacts = totals,
        };
    }

    [Fact]
    public void Decide_PersonalDataWithoutAnything_DeniesAndProposesTheMechanism()
    {
        var decision = DecisionEngine.Decide(Travellers());

        Assert.Equal(DecisionOutcome.Deny, decision.Outcome);
        Assert.Equal(DecisionCodes.MechanismMissing, decision.Code);
        Assert.Contains(new MissingItem("fact", "sensitiveSubjectsSinceJan1", "platform"), decision.Missing);
        Assert.Contains(new MissingItem("mechanism", "CN_STANDARD_CONTRACT", "agreement"), decision.Missing);
        Assert.Equal(new RemedyChange("mechanism", "CN_SECURITY_ASSESSMENT", "CN"), Assert.Single(decision.Remedy!.Changes));
    }

    [Fact]
    public void Decide_PersonalDataUnderASecurityAssessment_PermitsWithObligations()
    {
        var decision = DecisionEngine.Decide(Travellers().WithMechanism("CN_SECURITY_ASSESSMENT", "CN", From));

        Assert.Equal(DecisionOutcome.PermitWithObligations, decision.Outcome);
        Assert.Contains("IMPACT_ASSESSMENT", decision.Obligations);
        Assert.Contains("BREACH_NOTICE_1WD", decision.Obligations);
        Assert.Equal(["CN_SECURITY_ASSESSMENT"], decision.Mechanisms);
        Assert.Empty(decision.Missing);
    }

    [Fact]
    public void Decide_SmallVolumeWithAllFacts_PermitsWithObligations()
    {
        var decision = DecisionEngine.Decide(Travellers(Requests.PrivateHandler, 99_999, 0));

        Assert.Equal(DecisionOutcome.PermitWithObligations, decision.Outcome);
        Assert.Equal(["CN_EXEMPT_SMALL_VOLUME"], decision.Mechanisms);
    }

    [Fact]
    public void Decide_ThresholdReached_ProposesAMechanism()
    {
        var decision = DecisionEngine.Decide(Travellers(Requests.PrivateHandler, 100_000, 0));

        Assert.Equal(DecisionCodes.MechanismMissing, decision.Code);
        Assert.Equal(DenialKind.NotPermitted, decision.Kind);
        Assert.Equal(["CN_PI_CERTIFICATION", "CN_STANDARD_CONTRACT"], decision.Missing.Select(item => item.Name));
        Assert.Equal("mechanism", Assert.Single(decision.Remedy!.Changes).Kind);
    }

    [Fact]
    public void Decide_SensitiveCountUnknown_ContractAloneIsNotEnough()
    {
        var input = Travellers(Requests.PrivateHandler, 200_000).WithMechanism("CN_STANDARD_CONTRACT", "CN", From);

        var decision = DecisionEngine.Decide(input);

        Assert.Equal(DecisionCodes.FactMissing, decision.Code);
        Assert.Equal(DenialKind.Indeterminate, decision.Kind);
        Assert.Contains(new MissingItem("fact", "sensitiveSubjectsSinceJan1", "platform"), decision.Missing);
        Assert.NotNull(decision.Remedy);
        Assert.Equal(DecisionOutcome.PermitWithObligations, DecisionEngine.Decide(
            input with { PlatformFacts = input.PlatformFacts.With(FactNames.SensitiveSubjects, 9_999) }).Outcome);
    }

    [Theory]
    [InlineData("2023-06-14", null, false)]
    [InlineData("2023-06-15", null, true)]
    [InlineData("2026-06-16", null, false)]
    [InlineData("2025-01-01", "2026-06-14", false)]
    [InlineData("2025-01-01", "2026-06-15", true)]
    public void Decide_AssessmentRecord_CountsThreeYearsAndWithinItsDates(string from, string? until, bool counts)
    {
        var input = Travellers().WithMechanism("CN_SECURITY_ASSESSMENT", "CN", DateOnly.Parse(from), until is null ? null : DateOnly.Parse(until));

        Assert.Equal(counts, DecisionEngine.Decide(input).Outcome == DecisionOutcome.PermitWithObligations);
    }

    [Fact]
    public void Decide_RecordOfAnotherJurisdiction_DoesNotCount()
    {
        Assert.Equal(DecisionOutcome.Deny, DecisionEngine.Decide(Travellers().WithMechanism("CN_SECURITY_ASSESSMENT", "KZ", From)).Outcome);
        Assert.Equal(
            DecisionOutcome.PermitWithObligations,
            DecisionEngine.Decide(Travellers().WithMechanism("CN_SECURITY_ASSESSMENT", "CN-GBA", From)).Outcome);
    }

    [Fact]
    public void Decide_RecordThatItsOwnFactsMakeUnusable_DoesNotCount()
    {
        var input = Travellers().WithMechanism("CN_SECURITY_ASSESSMENT", "CN", From, facts: FactSet.Empty.With("withinAssessedScope", false));

        Assert.Equal(DecisionCodes.MechanismMissing, DecisionEngine.Decide(input).Code);
    }

    [Fact]
    public void Decide_SafeguardOnlyAsserted_IsNoMechanism()
    {
        var input = Travellers(Requests.PrivateHandler.With("safeguard", ["StandardContract"]).With("regulatorStep", "Filed"), 200_000, 0);

        Assert.Equal(DecisionCodes.MechanismMissing, DecisionEngine.Decide(input).Code);
    }

    [Fact]
    public void Decide_StateOrgan_NeedsTheAssessment()
    {
        var stated = Requests.PrivateHandler.With("exporterKind", "StateOrgan");
        var input = Travellers(stated, 10, 0).WithMechanism("CN_STANDARD_CONTRACT", "CN", From);

        var decision = DecisionEngine.Decide(input);

        Assert.Equal(DecisionCodes.MechanismMissing, decision.Code);
        Assert.Contains(decision.Rules, rule => rule is { Id: "cn-0e-state-organ", Result: "matched" });
    }

    [Fact]
    public void Decide_ImportantGrade_NeedsTheAssessment()
    {
        var input = Requests.Customs();
        input = input with { DataSet = input.DataSet with { Grade = EconomicGrade.Important } };

        Assert.Equal(DecisionCodes.MechanismMissing, DecisionEngine.Decide(input).Code);
        Assert.Equal(
            DecisionOutcome.PermitWithObligations,
            DecisionEngine.Decide(input.WithMechanism("CN_SECURITY_ASSESSMENT", "CN", From)).Outcome);
    }

    [Fact]
    public void Decide_CoreGrade_IsForbidden()
    {
        var input = Requests.Customs();
        var decision = DecisionEngine.Decide(input with { DataSet = input.DataSet with { Grade = EconomicGrade.Core } });

        Assert.Equal(DecisionCodes.ForbiddenByRule, decision.Code);
        Assert.Equal(DenialKind.Forbidden, decision.Kind);
        Assert.Contains("Data Security Law", decision.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Decide_StatementCannotLowerTheGrade()
    {
        var stated = FactSet.Empty.With("importantData", "None").With("coreData", false).With("dataKind", "NonPersonal").With("stateSecret", false);
        var input = Requests.Customs();

        Assert.Equal(
            DecisionCodes.MechanismMissing,
            DecisionEngine.Decide(input with { DataSet = input.DataSet with { Grade = EconomicGrade.Important, Facts = stated } }).Code);
        Assert.Equal(
            DecisionOutcome.Deny,
            DecisionEngine.Decide(input with { DataSet = Requests.Travellers with { Facts = stated } }).Outcome);
    }

    [Fact]
    public void Decide_PersonalDataFromKazakhstan_NamesTheMissingFact()
    {
        var decision = DecisionEngine.Decide(Requests.FromKazakhstan(PersonalCategories.General));

        Assert.Equal(DecisionCodes.FactMissing, decision.Code);
        Assert.Contains(decision.Missing, item => item.Name == "adequacyStatus");
        Assert.NotNull(decision.Remedy);
    }

    [Fact]
    public void Decide_PersonalDataFromKazakhstanWithConsentOnRecord_Permits()
    {
        var decision = DecisionEngine.Decide(Requests.FromKazakhstan(PersonalCategories.General).WithMechanism("CONSENT", "KZ", From));

        Assert.Equal(DecisionOutcome.PermitWithObligations, decision.Outcome);
        Assert.Contains("CONSENT_RECORD_TERMS", decision.Obligations);
    }

    [Fact]
    public void Decide_AdequateDestination_PermitsWithDocumentation()
    {
        var input = Requests.FromKazakhstan(PersonalCategories.General);
        var decision = DecisionEngine.Decide(input with { DataSet = input.DataSet with { Facts = FactSet.Empty.With("adequacyStatus", "ControllerAssessed") } });

        Assert.Equal(DecisionOutcome.PermitWithObligations, decision.Outcome);
        Assert.Contains("DOCUMENT_ADEQUACY_ASSESSMENT", decision.Obligations);
    }

    [Fact]
    public void Decide_PriorApprovalNotOnRecord_DeniesUntilItIs()
    {
        var input = Requests.Customs().WithGrant(grant => grant with { Purposes = ["ForeignAuthorityRequest"] }) with { Purpose = "ForeignAuthorityRequest" };

        var decision = DecisionEngine.Decide(input);

        Assert.Equal(DecisionCodes.PriorApprovalMissing, decision.Code);
        Assert.Equal(new RemedyChange("mechanism", "REGULATOR_LICENCE", "CN"), Assert.Single(decision.Remedy!.Changes));
        Assert.Equal(DecisionOutcome.PermitWithObligations, DecisionEngine.Decide(input.WithMechanism("REGULATOR_LICENCE", "CN", From)).Outcome);
    }

    [Fact]
    public void Decide_LawsThatExcludeEachOther_IsAConflict()
    {
        var input = Requests.Customs();
        input = input with
        {
            Exporter = input.Exporter with { Pack = Packs.Of(Packs.Rule("out", "always", "EXEMPT", "excludes: [LOCAL_COPY]"), "CN") },
            Importer = input.Importer with { Pack = Packs.Of(Packs.Rule("in", "always", "FREE_FLOW", "role: importer\nobligations: [LOCAL_COPY]"), "KZ") },
        };

        var decision = DecisionEngine.Decide(input);

        Assert.Equal(DecisionCodes.ConflictOfLaws, decision.Code);
        Assert.Equal(DenialKind.ConflictOfLaws, decision.Kind);
    }

    [Fact]
    public void Decide_ImporterForbids_Denies()
    {
        var input = Requests.Customs();
        input = input with
        {
            Importer = input.Importer with { Pack = Packs.Of(Packs.Rule("in", "always", "PROHIBITED", "role: importer"), "KZ") },
        };

        Assert.Equal(DecisionCodes.ForbiddenByRule, DecisionEngine.Decide(input).Code);
    }

    [Fact]
    public void Decide_PackWithoutAnAnswer_AsksAPerson()
    {
        var input = Requests.Customs();
        input = input with { Exporter = input.Exporter with { Pack = Packs.Of(Packs.Rule("never", "{fact: ciio, eq: true, absent: false}", "EXEMPT"), "CN") } };

        var decision = DecisionEngine.Decide(input);

        Assert.Equal(DecisionOutcome.ApprovalRequired, decision.Outcome);
        Assert.Equal("platform.no-rule", Assert.Single(decision.Approvals).RuleId);
    }

    [Fact]
    public void Decide_SeveralThingsMissing_RemedyIsTheNeededSetOnly()
    {
        var rules =
            Packs.Rule("a", "{fact: ciio, eq: true}", "PROHIBITED")
            + Packs.Rule("b", "{fact: localCopyKept, eq: false}", "PROHIBITED")
            + Packs.Rule("c", "always", "MECHANISM_REQUIRED", "mechanisms: [SCC]");
        var input = Requests.Customs();
        input = input with { Exporter = input.Exporter with { Pack = Packs.Of(rules, "CN") } };

        var decision = DecisionEngine.Decide(input);

        Assert.Equal(DecisionOutcome.Deny, decision.Outcome);
        Assert.Equal(
            [new RemedyChange("fact", "ciio", "false"), new RemedyChange("fact", "localCopyKept", "true"), new RemedyChange("mechanism", "SCC", "CN")],
            decision.Remedy!.Changes.OrderBy(change => change.Name is "SCC" ? 2 : change.Name is "localCopyKept" ? 1 : 0));
    }

    [Fact]
    public void Decide_NothingHelps_HasNoRemedy()
    {
        var input = Requests.Customs();
        input = input with { Exporter = input.Exporter with { Pack = Packs.Of(Packs.Rule("no", "always", "PROHIBITED"), "CN") } };

        Assert.Null(DecisionEngine.Decide(input).Remedy);
    }
}
