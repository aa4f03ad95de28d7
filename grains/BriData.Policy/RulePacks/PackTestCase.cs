using BriData.Policy.Facts;

namespace BriData.Policy.RulePacks;

/// <summary>A case that a pack states about itself.</summary>
/// <param name="Name">What the case shows; unique within the pack.</param>
/// <param name="EventDate">Day of the transfer.</param>
/// <param name="Facts">The stated facts.</param>
/// <param name="Expect">What must come out.</param>
/// <param name="Line">Line of the case in its source, counted from 1.</param>
public sealed record PackTestCase(string Name, DateOnly EventDate, FactSet Facts, PackExpectation Expect, int Line);
