using System.Collections.Immutable;
using System.Text;
using BriData.Contracts;
using BriData.Contracts.Agencies;
using BriData.Contracts.Agreements;
using BriData.Contracts.Countries;
using BriData.Contracts.Transfers;
using BriData.Identity;
using BriData.Policy.RulePacks;

namespace BriData.Grains.Tests.Fixtures;

/// <summary>Two countries with shipped rules, their customs agencies, data sets, and agreements made on demand.</summary>
internal sealed class TestWorld(IGrainFactory grains)
{
    private int _agreements;
    private int _operations;

    public static Caller Admin(string country, string subject = "admin") => TestCallers.Caller(country, null, CallerRoles.Admin, subject);

    public static Caller Officer(string agency, string subject = "officer") => TestCallers.Caller(agency[..2], agency, CallerRoles.Agency, subject);

    public static Caller Approver(string country, string subject = "approver") => TestCallers.Caller(country, null, CallerRoles.Approver, subject);

    public static Caller Auditor(string country) => TestCallers.Caller(country, null, CallerRoles.Auditor, "auditor");

    public Operation Operation(string? key = null, string fingerprint = "body") => new(key ?? $"op-{Interlocked.Increment(ref _operations)}", fingerprint);

    public async Task LoadAsync()
    {
        foreach (var country in new[] { "CN", "KZ", "SG" })
        {
            var grain = grains.GetGrain<ICountryGrain>(country);
            Ok(await grain.PutSchemeAsync(Admin(country), Operation(), BuiltInPacks.FindScheme(country)!.Json, null));
            if (BuiltInPacks.FindForCountry(country) is { } pack)
            {
                Ok(await grain.DraftRulePackAsync(Admin(country), Operation(), pack.Yaml));
                Ok(await grain.TestRulePackAsync(Admin(country), Operation(), pack.Version, null));
                Ok(await grain.ApproveRulePackAsync(Admin(country, "second"), Operation(), pack.Version, null, null));
            }
        }

        await PutAgencyAsync("CN/customs");
        await PutAgencyAsync("KZ/customs");
        await PutDataSetAsync("CN/customs/declarations");
        await PutDataSetAsync("CN/customs/travellers", categories: ["General", "Sensitive"]);
    }

    /// <summary>The shipped pack under another version, which has passed its tests.</summary>
    public async Task<string> DraftPackAsync(string country, string author)
    {
        var shipped = BuiltInPacks.FindForCountry(country)!;
        var version = $"{shipped.Version}-{author}";
        var yaml = Encoding.UTF8.GetString(shipped.Yaml.Span).Replace($"version: \"{shipped.Version}\"", $"version: \"{version}\"", StringComparison.Ordinal)
            .Replace($"version: {shipped.Version}\n", $"version: {version}\n", StringComparison.Ordinal);
        Ok(await grains.GetGrain<ICountryGrain>(country).DraftRulePackAsync(Admin(country, author), Operation(), Encoding.UTF8.GetBytes(yaml)));
        Ok(await grains.GetGrain<ICountryGrain>(country).TestRulePackAsync(Admin(country, author), Operation(), version, null));
        return version;
    }

    public async Task PutAgencyAsync(string id, string exporterKind = "PublicAffairsBody") => Ok(await grains.GetGrain<IAgencyGrain>(id).PutAsync(
        Admin(id[..2]), Operation(), new AgencyDocument(Names("Customs"), "customs", exporterKind), null));

    public async Task PutDataSetAsync(string id, string grade = "general", ImmutableArray<string>? categories = null)
    {
        var slash = id.LastIndexOf('/');
        Ok(await grains.GetGrain<IAgencyGrain>(id[..slash]).PutDataSetAsync(
            Admin(id[..2]),
            Operation(),
            id[(slash + 1)..],
            new DataSetDocument(Names("Data set"), "internal", grade, categories, Facts: Json("""{"originOfData":"CollectedDomestically"}""")),
            null));
    }

    /// <summary>An agreement of its own for a test, in force unless told otherwise.</summary>
    public async Task<IAgreementGrain> AgreementAsync(bool signed = true, string? approvalBy = null, long? perYear = null, string agency = "CN/customs", int validDays = 30, string purpose = "InternationalTrade", DateOnly? validTo = null, params (string Class, int Days)[] retention)
    {
        var id = $"test-{Interlocked.Increment(ref _agreements)}";
        var grain = grains.GetGrain<IAgreementGrain>(id);
        Ok(await grain.DraftAsync(Admin("CN"), Operation(), Document(id, approvalBy, perYear, agency, validDays, purpose) with
        {
            ValidTo = validTo,
            Retention = retention.Length == 0 ? null : retention.ToImmutableSortedDictionary(r => r.Class, r => new RetentionDocument(r.Days)),
        }));
        if (signed)
        {
            await SignAsync(grain, "CN");
            await SignAsync(grain, "KZ");
        }

        return grain;
    }

    /// <summary>
    /// Signs, again where an agency here was overtaken: tests with a cluster of their own write to the same ledgers, and an
    /// activation finds that out at its next append.
    /// </summary>
    private async Task SignAsync(IAgreementGrain grain, string country)
    {
        var operation = Operation();
        var reply = await grain.SignAsync(Admin(country), operation);
        for (var again = 0; again < 100 && reply.Refusal?.Code == ErrorCodes.LedgerUnavailable; again++)
        {
            reply = await grain.SignAsync(Admin(country), operation);
        }

        Ok(reply);
    }

    public static AgreementDocument Document(string id, string? approvalBy = null, long? perYear = null, string agency = "CN/customs", int validDays = 30, string purpose = "InternationalTrade") => new(
        id,
        Names("Test agreement"),
        ["CN", "KZ"],
        new DateOnly(2026, 1, 1),
        [new GrantDocument("all", [$"{agency}/*"], ["KZ/customs"], [purpose], "restricted", approvalBy, perYear)],
        null,
        [new RecognitionDocument("CN", "internal", "internal", new DateOnly(2026, 1, 1))],
        TransferValidDays: validDays);

    public static TransferRequest Request(IAgreementGrain agreement, string dataSet = "CN/customs/declarations", string facts = "{}") =>
        new(agreement.GetPrimaryKeyString(), dataSet, "InternationalTrade", "Customs law, article 7, officer Smith", Json(facts));

    public static JsonText Json(string text) => new(Encoding.UTF8.GetBytes(text));

    public static ImmutableSortedDictionary<string, string> Names(string name) => ImmutableSortedDictionary<string, string>.Empty.Add("en", name);

    public static T Ok<T>(Reply<T> reply)
    {
        Assert.True(reply.IsOk, $"{reply.Refusal?.Code}: {reply.Refusal?.Detail}");
        return reply.Value;
    }
}
