using System.Collections.Immutable;
using BriData.Contracts.Agencies;

namespace BriData.Contracts.Countries;

/// <summary>Lists over all countries and agencies. Key: 0.</summary>
[Alias("bridata.registry")]
public interface IRegistryGrain : IGrainWithIntegerKey
{
    /// <summary>Countries of the ISO table in order of code, after <paramref name="after"/>.</summary>
    [Alias("countries")]
    Task<Reply<CountryPage>> ListCountriesAsync(string? after, int limit, bool membersOnly);

    /// <summary>
    /// The country whose grain keeps the rule pack of a jurisdiction: the country itself, that of a part, or for a union the
    /// first of its members that has the union's pack in force.
    /// </summary>
    [Alias("seat")]
    Task<Reply<string>> GetSeatAsync(string jurisdiction);

    /// <summary>Data sets the caller's country may see, in order of identifier, after <paramref name="after"/>.</summary>
    [Alias("datasets")]
    Task<Reply<DataSetPage>> ListDataSetsAsync(Caller caller, string? after, int limit, string? text);
}

[GenerateSerializer, Immutable, Alias("bridata.country-page")]
public sealed record CountryPage([property: Id(0)] ImmutableArray<CountryView> Items, [property: Id(1)] string? Next);

[GenerateSerializer, Immutable, Alias("bridata.dataset-page")]
public sealed record DataSetPage([property: Id(0)] ImmutableArray<DataSetView> Items, [property: Id(1)] string? Next);
