using BriData.Contracts;
using BriData.Contracts.Countries;
using BriData.Entries.Countries;
using BriData.Entries.Rules;
using BriData.Grains.Registry;
using BriData.Grains.Rules;
using BriData.Policy.Facts;

namespace BriData.Grains.Countries;

/// <content>Judging facts that a person states.</content>
internal sealed partial class CountryGrain
{
    public async Task<Reply<RuleEvaluation>> EvaluateAsync(Caller caller, RuleQuestion question)
    {
        var identified = await IdentifyAsync(caller);
        if (!identified.IsOk)
        {
            return identified.Refusal;
        }

        if (await CommittedStateAsync() is { } unavailable)
        {
            return unavailable;
        }

        if (NotMember() is { } refusal)
        {
            return refusal;
        }

        if (question.Importer is { } importer && !IsoCountries.Contains(importer))
        {
            return new Refusal(ErrorCodes.UnknownCountry, $"'{importer}' is not an ISO 3166-1 alpha-2 code.");
        }

        var facts = FactSet.Parse(question.Facts.Utf8.Span);
        if (facts.Facts is not { } stated)
        {
            return PolicyRefusals.InvalidFacts(facts);
        }

        var pack = question.Version is { } version
            ? await VersionAsync(caller, version)
            : InForce(Jurisdictions.PartOf(Code, question.Jurisdiction) ?? Jurisdictions.PartOf(Code, stated), question.EventDate);
        if (!pack.IsOk)
        {
            return pack.Refusal;
        }

        var compiled = await library.GetPackAsync(pack.Value.Digest);
        return StatedFacts.Judge(compiled, Code, question.Importer, question.EventDate, stated, question.Languages);
    }

    // A pack holds the law of earlier days too, so the past is judged by the pack of today; the future by the one approved for it.
    private Reply<RulePackState> InForce(string? part, DateOnly eventDate)
    {
        var day = eventDate > Today ? eventDate : Today;
        return (State.PackOn(part, day) ?? State.PackOn(null, day)) is { } pack
            ? pack
            : new Refusal(ErrorCodes.RulePackMissing, $"{Code} has no rule pack in force.");
    }

    /// <summary>Any version, for the country's own administrators: nobody else sees a draft.</summary>
    private async Task<Reply<RulePackState>> VersionAsync(Caller caller, string version)
    {
        var found = await PackAsync(caller, version, null);
        return found.IsOk ? found.Value.Pack : found.Refusal;
    }
}
