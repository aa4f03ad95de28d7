using System.Collections.Immutable;
using System.Text.Json;
using BriData.Gateway.Authentication;
using BriData.Gateway.Json;
using BriData.Policy.Facts;
using BriData.Policy.RulePacks;
using BriData.Policy.Texts;

namespace BriData.Gateway.Endpoints;

/// <summary>What authors of rule packs and forms need: the facts, the codes with their words, and the format of a pack.</summary>
internal static class VocabularyEndpoints
{
    private static readonly Lazy<VocabularyResponse> Vocabulary = new(() => new VocabularyResponse(
        [.. FactCatalog.All.Select(fact => new VocabularyFact(
            fact.Name,
            Camel(fact.Type.ToString()),
            Camel(fact.Source.ToString()),
            fact.Values,
            CodeTexts.Find(CodeKind.FactLabel, fact.Name)!,
            CodeTexts.Find(CodeKind.FactDescription, fact.Name)!))],
        [.. CodeTexts.All
            .Where(text => text.Kind is not (CodeKind.FactLabel or CodeKind.FactDescription))
            .Select(text => new VocabularyCode(Camel(text.Kind.ToString()), text.Code, text.Texts))]));

    public static void MapVocabulary(this IEndpointRouteBuilder routes)
    {
        var rules = routes.MapGroup("/v1/rules").WithTags("Rule packs").AddEndpointFilter<StandingFilter>();
        rules.MapGet("/vocabulary", () => TypedResults.Json(Vocabulary.Value, GatewayJson.Api.VocabularyResponse))
            .WithName("getVocabulary").WithSummary("Facts, and codes with their words in every language.")
            .Produces<VocabularyResponse>()
            .Refuses(ErrorMetadataExtensions.Authenticated, ErrorMetadataExtensions.Platform);
        rules.MapGet("/schema", () => TypedResults.Bytes(BuiltInPacks.Schema.ToArray(), "application/schema+json"))
            .WithName("getRulePackSchema").WithSummary("The format of a rule pack as JSON Schema (draft 2020-12).")
            .Produces<object>(StatusCodes.Status200OK, "application/schema+json")
            .Refuses(ErrorMetadataExtensions.Authenticated, ErrorMetadataExtensions.Platform);
    }

    private static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);
}

/// <param name="Facts">Every fact, sorted by name.</param>
/// <param name="Codes">Every other code, sorted by kind and code.</param>
internal sealed record VocabularyResponse(ImmutableArray<VocabularyFact> Facts, ImmutableArray<VocabularyCode> Codes);

/// <param name="Name">Name of the fact.</param>
/// <param name="Type">Its type.</param>
/// <param name="Source">Who states it: <c>platform</c>, <c>exporter</c> or <c>requester</c>.</param>
/// <param name="Values">The codes of an enumeration or set; empty for other types.</param>
/// <param name="Label">A short name by language tag.</param>
/// <param name="Description">A sentence by language tag.</param>
internal sealed record VocabularyFact(
    string Name,
    string Type,
    string Source,
    ImmutableArray<string> Values,
    ImmutableSortedDictionary<string, string> Label,
    ImmutableSortedDictionary<string, string> Description);

/// <param name="Kind">The vocabulary it belongs to, such as <c>obligation</c>.</param>
/// <param name="Code">The code.</param>
/// <param name="Text">Its words by language tag.</param>
internal sealed record VocabularyCode(string Kind, string Code, ImmutableSortedDictionary<string, string> Text);
