using System.Collections.Immutable;
using System.Globalization;
using BriData.Policy.Classification;
using BriData.Policy.Facts;

namespace BriData.Policy.Decisions;

/// <summary>The changes worth trying for one denial, most fitting first.</summary>
internal static class RemedyCandidates
{
    public static IEnumerable<RemedyCandidate> For(DecisionInput input, DecisionContext context) => context.Denial!.Code switch
    {
        DecisionCodes.AgencySuspended or DecisionCodes.AgreementNotValid or DecisionCodes.DataSetNotCovered
            or DecisionCodes.RecipientNotCovered or DecisionCodes.MarkUnknown or DecisionCodes.RulePackMissing => [],
        DecisionCodes.PurposeNotAgreed => Purposes(input),
        DecisionCodes.MarkNotRecognised or DecisionCodes.LevelTooHigh or DecisionCodes.QuotaExceeded => Terms(input, context),
        DecisionCodes.SharingTooNarrow => SharingFacts(),
        DecisionCodes.OnwardNotAllowed => Onward(input),
        _ => Law(input, context),
    };

    // To say what is not known is less than to obtain a mechanism; where all is known, the mechanism the law names comes first.
    private static IEnumerable<RemedyCandidate> Law(DecisionInput input, DecisionContext context) =>
        context.Missing.Exists(item => item.Kind == "fact")
            ? Facts(input, context).Concat(Mechanisms(input, context)).Concat(Exemptions(input, context))
            : Mechanisms(input, context).Concat(Facts(input, context)).Concat(Exemptions(input, context));

    private static IEnumerable<RemedyCandidate> Mechanisms(DecisionInput input, DecisionContext context) =>
        RemedyMechanisms.For(context).Select(mechanism => Mechanism(mechanism.Code, mechanism.Jurisdiction, input.EventDate));

    // How many persons a transfer concerns is tried against what the law allows, not against every threshold.
    private static IEnumerable<RemedyCandidate> Facts(DecisionInput input, DecisionContext context) =>
        RemedyPersons.For(input, context).Concat(context.Missing
            .Where(item => item.Kind == "fact" && !(item.Name == FactNames.Subjects && !input.Totals.IsEmpty))
            .SelectMany(item => RemedyFacts.ValuesOf(item.Name, input.EventDate, context)));

    private static IEnumerable<RemedyCandidate> Exemptions(DecisionInput input, DecisionContext context) =>
        RemedyFacts.OpenExemptions(input.EventDate, context)
            .Concat(input.Totals.IsEmpty ? RemedyFacts.FewerPersons(context) : [])
            .Concat(Purposes(input));

    // Every origin that holds the data back must let it go, so the change names them all.
    private static IEnumerable<RemedyCandidate> Onward(DecisionInput input)
    {
        var country = input.Importer.Country;
        foreach (var origin in input.DataSet.Origins.Where(o => o.Country != country && !o.OnwardTo.Contains(country, StringComparer.Ordinal)))
        {
            yield return new RemedyCandidate(
                new RemedyChange("agreement", $"{origin.Agreement}.grants.{origin.Grant}.onwardTo", country),
                $"once {origin.Country} lets {origin.DataSet} be passed on to {country} (agreement {origin.Agreement}, grant {origin.Grant})",
                request => request with
                {
                    DataSet = request.DataSet with
                    {
                        Origins = [.. request.DataSet.Origins.Select(o => o == origin ? o with { OnwardTo = [.. o.OnwardTo.Append(country).Order(StringComparer.Ordinal)] } : o)],
                    },
                });
        }
    }

    private static RemedyCandidate Mechanism(string code, string jurisdiction, DateOnly day) => new(
        new RemedyChange("mechanism", code, jurisdiction),
        $"once {code} is on record under the law of {jurisdiction}",
        request => request with
        {
            Agreement = request.Agreement with
            {
                Mechanisms = request.Agreement.Mechanisms.Add(new MechanismRecord(code, jurisdiction, day, null, FactSet.Empty)),
            },
        });

    private static IEnumerable<RemedyCandidate> Purposes(DecisionInput input)
    {
        var tried = new SortedSet<string>(StringComparer.Ordinal) { input.Purpose };
        foreach (var grant in input.Agreement.Grants)
        {
            if (GrantMatcher.CoversDataSet(grant, input.DataSet.Id) && GrantMatcher.CoversImporter(grant, input.Importer.Agency))
            {
                foreach (var purpose in grant.Purposes)
                {
                    if (tried.Add(purpose))
                    {
                        yield return new RemedyCandidate(
                            new RemedyChange("purpose", FactNames.Purpose, purpose),
                            $"for the purpose {purpose}",
                            request => request with { Purpose = purpose });
                    }
                }
            }
        }
    }

    private static IEnumerable<RemedyCandidate> Terms(DecisionInput input, DecisionContext context)
    {
        if (context.Mark is { } mark && !context.MarkRecognised && context.Denial!.Code == DecisionCodes.MarkNotRecognised)
        {
            var recognition = new Recognition(input.Exporter.Country, mark.Code, mark.Level, input.EventDate, null);
            yield return new RemedyCandidate(
                new RemedyChange("agreement", "recognitions", $"{mark.Code}={mark.Level.ToCode()}"),
                $"once the agreement recognises {mark.Code} of {input.Exporter.Country} as {mark.Level.ToCode()}",
                request => request with { Agreement = request.Agreement with { Recognitions = request.Agreement.Recognitions.Add(recognition) } });
        }

        if (context is { Grant: { } grant, Denial.Code: DecisionCodes.QuotaExceeded })
        {
            var allowed = input.TransfersThisYear + 1;
            yield return new RemedyCandidate(
                new RemedyChange("agreement", $"grants.{grant.Id}.transfersPerYear", allowed.ToString(CultureInfo.InvariantCulture)),
                $"once grant {grant.Id} allows {allowed} transfers in a year",
                request => WithGrant(request, grant.Id, changed => changed with { TransfersPerYear = allowed }));
        }

        if (context is { Grant: { } narrow, Mark: { } marked })
        {
            for (var level = marked.Level; level <= SecurityLevel.Top; level++)
            {
                var raised = level;
                if (raised > narrow.MaxLevel)
                {
                    yield return new RemedyCandidate(
                        new RemedyChange("agreement", $"grants.{narrow.Id}.maxLevel", raised.ToCode()),
                        $"once grant {narrow.Id} allows {raised.ToCode()}",
                        request => WithGrant(request, narrow.Id, changed => changed with { MaxLevel = raised }));
                }
            }
        }
    }

    private static DecisionInput WithGrant(DecisionInput request, string id, Func<Grant, Grant> change) => request with
    {
        Agreement = request.Agreement with
        {
            Grants = request.Agreement.Grants.Select(grant => grant.Id == id ? change(grant) : grant).ToImmutableArray(),
        },
    };

    private static IEnumerable<RemedyCandidate> SharingFacts() =>
    [
        RemedyFacts.State("audience", FactValue.Of("Recipient"), "Recipient"),
        RemedyFacts.State("needToKnow", FactValue.Of(true), "true"),
        RemedyFacts.State("recipientNamed", FactValue.Of(true), "true"),
        RemedyFacts.State("onwardTransferTo", FactValue.Of("None"), "None"),
    ];
}
