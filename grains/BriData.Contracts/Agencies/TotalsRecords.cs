using System.Collections.Immutable;

namespace BriData.Contracts.Agencies;

/// <summary>Persons that one transfer concerns.</summary>
/// <param name="General">Persons counted by number of whom nothing sensitive is transferred.</param>
/// <param name="Sensitive">Likewise of whom something sensitive is.</param>
/// <param name="GeneralKeys">Keyed hashes of further persons, 16 bytes base64url, sorted, each once.</param>
/// <param name="SensitiveKeys">Likewise for sensitive data.</param>
[GenerateSerializer, Immutable, Alias("bridata.person-count")]
public sealed record PersonCount(
    [property: Id(0)] long General,
    [property: Id(1)] long Sensitive,
    [property: Id(2)] ImmutableArray<string> GeneralKeys,
    [property: Id(3)] ImmutableArray<string> SensitiveKeys);

/// <summary>Which persons a total counts.</summary>
[GenerateSerializer, Alias("bridata.counted-persons")]
public enum CountedPersons
{
    General = 0,
    Sensitive = 1,

    /// <summary>General and sensitive, added up.</summary>
    All = 2,

    /// <summary>Persons in flows that the law leaves out of the other totals.</summary>
    Exempt = 3,
}

/// <param name="Fact">Name of the fact that states the total.</param>
/// <param name="Counts">Which persons.</param>
/// <param name="From">First day that counts.</param>
[GenerateSerializer, Immutable, Alias("bridata.counter-query")]
public sealed record CounterQuery([property: Id(0)] string Fact, [property: Id(1)] CountedPersons Counts, [property: Id(2)] DateOnly From);

/// <summary>What a decision must know of the exporter's totals.</summary>
/// <param name="Day">Day of the transfer.</param>
/// <param name="Counters">The totals the law counts.</param>
/// <param name="Kind">General or sensitive: where persons of this transfer count who are known by number only.</param>
/// <param name="Persons">Persons of this transfer; null while nobody has said how many.</param>
[GenerateSerializer, Immutable, Alias("bridata.totals-query")]
public sealed record TotalsQuery(
    [property: Id(0)] DateOnly Day,
    [property: Id(1)] ImmutableArray<CounterQuery> Counters,
    [property: Id(2)] CountedPersons Kind,
    [property: Id(3)] PersonCount? Persons);

/// <param name="Fact">Name of the fact.</param>
/// <param name="Before">Persons counted without this transfer; those of transfers still being decided count.</param>
/// <param name="Added">Persons this transfer adds; null while nobody has said how many.</param>
[GenerateSerializer, Immutable, Alias("bridata.counter-answer")]
public sealed record CounterAnswer([property: Id(0)] string Fact, [property: Id(1)] long Before, [property: Id(2)] long? Added);

/// <summary>The totals of an agency.</summary>
/// <param name="Items">One per counter asked for, in that order.</param>
[GenerateSerializer, Immutable, Alias("bridata.totals-answer")]
public sealed record TotalsAnswer([property: Id(0)] ImmutableArray<CounterAnswer> Items);

/// <summary>Persons whose data an agency has exported, as its law counts them.</summary>
/// <param name="Agency">The exporter.</param>
/// <param name="From">First day that counts.</param>
/// <param name="General">Persons of whom nothing sensitive was exported by the transfer, those of transfers still being decided included.</param>
/// <param name="Sensitive">Likewise of whom something sensitive was.</param>
/// <param name="Exempt">Persons in flows that the law leaves out.</param>
/// <param name="BeingDecided">Transfers whose persons are reserved.</param>
[GenerateSerializer, Immutable, Alias("bridata.totals-view")]
public sealed record TotalsView(
    [property: Id(0)] string Agency,
    [property: Id(1)] DateOnly From,
    [property: Id(2)] long General,
    [property: Id(3)] long Sensitive,
    [property: Id(4)] long Exempt,
    [property: Id(5)] int BeingDecided);

/// <summary>What became of a reservation.</summary>
[GenerateSerializer, Alias("bridata.totals-outcome")]
public enum TotalsOutcome
{
    /// <summary>Not decided yet, or waiting for an approval.</summary>
    Pending = 0,

    /// <summary>The transfer was permitted; its persons count.</summary>
    Confirmed = 1,

    /// <summary>The transfer was permitted under a rule whose flows the law leaves out.</summary>
    Exempt = 2,

    /// <summary>There is no such transfer, or it was denied or rejected.</summary>
    Released = 3,
}
