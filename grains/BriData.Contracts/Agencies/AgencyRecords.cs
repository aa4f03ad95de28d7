using System.Collections.Immutable;

namespace BriData.Contracts.Agencies;

/// <summary>What an administrator states about an agency.</summary>
/// <param name="Names">Name by language tag; <c>en</c> is required.</param>
/// <param name="Kind"><c>customs</c>, <c>cert</c>, <c>statistics</c>, <c>standards</c> or another lower-case word.</param>
/// <param name="ExporterKind">Value of the fact <c>exporterKind</c> for transfers from this agency.</param>
/// <param name="CriticalInfrastructureOperator">Value of the fact <c>ciio</c>.</param>
[GenerateSerializer, Immutable, Alias("bridata.agency-document")]
public sealed record AgencyDocument(
    [property: Id(0)] ImmutableSortedDictionary<string, string> Names,
    [property: Id(1)] string Kind,
    [property: Id(2)] string? ExporterKind = null,
    [property: Id(3)] bool CriticalInfrastructureOperator = false);

[GenerateSerializer, Immutable, Alias("bridata.agency-view")]
public sealed record AgencyView(
    [property: Id(0)] string Id,
    [property: Id(1)] AgencyDocument Document,
    [property: Id(2)] bool Suspended,
    [property: Id(3)] int Version,
    [property: Id(4)] ReceiptReference? Receipt);

/// <summary>What an agency states about a data set.</summary>
/// <param name="Title">Title by language tag; <c>en</c> is required.</param>
/// <param name="Mark">Secrecy mark as written in the country's classification scheme.</param>
/// <param name="Grade"><c>general</c>, <c>important</c> or <c>core</c>.</param>
/// <param name="Categories">Personal-data categories of the vocabulary; empty for none.</param>
/// <param name="Tlp">TLP 2.0 label: <c>CLEAR</c>, <c>GREEN</c>, <c>AMBER</c>, <c>AMBER_STRICT</c>, <c>RED</c>.</param>
/// <param name="Fields">Fields with their own categories, grade and mark; the strictest counts for the data set.</param>
/// <param name="Facts">Facts of the vocabulary that the exporter states about the data.</param>
/// <param name="Visibility"><c>parties</c> (countries with an agreement naming the agency) or <c>members</c> (every member country).</param>
/// <param name="MediaType">Media type of payloads, for the reader; not interpreted.</param>
/// <param name="DerivedFrom">Data sets that it holds or was derived from; it inherits their classification and conditions.</param>
[GenerateSerializer, Immutable, Alias("bridata.dataset-document")]
public sealed record DataSetDocument(
    [property: Id(0)] ImmutableSortedDictionary<string, string> Title,
    [property: Id(1)] string Mark,
    [property: Id(2)] string Grade = "general",
    [property: Id(3)] ImmutableArray<string>? Categories = null,
    [property: Id(4)] string Tlp = "CLEAR",
    [property: Id(5)] ImmutableArray<DataSetField>? Fields = null,
    [property: Id(6)] JsonText Facts = default,
    [property: Id(7)] string Visibility = "parties",
    [property: Id(8)] string? MediaType = null,
    [property: Id(9)] ImmutableArray<DataSetSource>? DerivedFrom = null);

/// <summary>What a data set was derived from.</summary>
/// <param name="Dataset">Data set identifier.</param>
/// <param name="Transfer">The transfer by which it was received; null for a data set of the own country.</param>
[GenerateSerializer, Immutable, Alias("bridata.dataset-source")]
public sealed record DataSetSource([property: Id(0)] string Dataset, [property: Id(1)] string? Transfer = null);

/// <summary>
/// What a data set inherits from those it was derived from, as of its declaration: the strictest of each axis. It only grows
/// from one declaration to the next; data that is free of it is declared as another data set.
/// </summary>
/// <param name="MinLevel">Least neutral level, <c>open</c> to <c>top</c>.</param>
/// <param name="Grade">Least economy-wide grade.</param>
/// <param name="Categories">Personal-data categories, sorted.</param>
/// <param name="Tlp">The TLP label that may not be widened.</param>
/// <param name="StateSecret">True when any of it belongs to a state-secrets regime.</param>
/// <param name="Origins">Data received from other countries.</param>
[GenerateSerializer, Immutable, Alias("bridata.inherited")]
public sealed record InheritedClassification(
    [property: Id(0)] string MinLevel,
    [property: Id(1)] string Grade,
    [property: Id(2)] ImmutableArray<string> Categories,
    [property: Id(3)] string Tlp,
    [property: Id(4)] bool StateSecret,
    [property: Id(5)] ImmutableArray<DataSetOrigin> Origins);

/// <summary>Data received from another country, and on what conditions.</summary>
/// <param name="Dataset">Data set identifier at its origin.</param>
/// <param name="Country">The country it came from.</param>
/// <param name="Agreement">The agreement under which it was received.</param>
/// <param name="Grant">The grant of that agreement.</param>
/// <param name="OnwardTo">Countries to which it may be passed on.</param>
/// <param name="Obligations">Obligations that travel with it.</param>
[GenerateSerializer, Immutable, Alias("bridata.dataset-origin")]
public sealed record DataSetOrigin(
    [property: Id(0)] string Dataset,
    [property: Id(1)] string Country,
    [property: Id(2)] string Agreement,
    [property: Id(3)] string Grant,
    [property: Id(4)] ImmutableArray<string> OnwardTo,
    [property: Id(5)] ImmutableArray<string> Obligations);

/// <param name="Name">Field name.</param>
/// <param name="Mark">Mark of the field, or null for the data set's.</param>
/// <param name="Grade">Grade of the field, or null for the data set's.</param>
/// <param name="Categories">Personal-data categories of the field.</param>
[GenerateSerializer, Immutable, Alias("bridata.dataset-field")]
public sealed record DataSetField(
    [property: Id(0)] string Name,
    [property: Id(1)] string? Mark = null,
    [property: Id(2)] string? Grade = null,
    [property: Id(3)] ImmutableArray<string>? Categories = null);

[GenerateSerializer, Immutable, Alias("bridata.dataset-view")]
public sealed record DataSetView(
    [property: Id(0)] string Id,
    [property: Id(1)] DataSetDocument Document,
    [property: Id(2)] int Version,
    [property: Id(3)] ReceiptReference? Receipt,
    [property: Id(4)] InheritedClassification? Inherited = null);

[GenerateSerializer, Immutable, Alias("bridata.dataset-list")]
public sealed record DataSetList([property: Id(0)] ImmutableArray<DataSetView> Items);

/// <summary>What an agreement must know of an agency, as of one entry of the agency's ledger.</summary>
/// <param name="Agency">Agency identifier.</param>
/// <param name="AsOf">Size of the agency's ledger when this was true; a lower value never replaces a higher one.</param>
/// <param name="Document">The agency's own facts.</param>
/// <param name="Suspended">True when its country has suspended it.</param>
/// <param name="DataSets">Its data sets.</param>
[GenerateSerializer, Immutable, Alias("bridata.agency-context")]
public sealed record AgencyContext(
    [property: Id(0)] string Agency,
    [property: Id(1)] long AsOf,
    [property: Id(2)] AgencyDocument Document,
    [property: Id(3)] bool Suspended,
    [property: Id(4)] ImmutableArray<DataSetView> DataSets);
