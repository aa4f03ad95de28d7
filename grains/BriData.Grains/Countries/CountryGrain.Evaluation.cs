using BriData.Contracts;
using BriData.Contracts.Countries;
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

        var part = Jurisdictions.PartOf(Code, question.Jurisdiction) ?? Jurisdictions.PartOf(Code, stated);
        if ((State.PackOn(part, Today) ?? State.PackOn(null, Today)) is not { } pack)
        {
            return new Refusal(ErrorCodes.RulePackMissing, $"{Code} has no rule pack in force.");
        }

        var compiled = await library.GetPackAsync(pack.Digest);
        return StatedFacts.Judge(compiled, Code, question.Importer, question.EventDate, stated, question.Languages);
    }
}
