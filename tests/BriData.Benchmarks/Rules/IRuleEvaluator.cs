namespace BriData.Benchmarks.Rules;

/// <summary>One of the evaluators that are compared, loaded with a table.</summary>
internal interface IRuleEvaluator
{
    /// <summary>As the report names it.</summary>
    string Name { get; }

    /// <summary>Number of the row that decides this request; -1 when none applies.</summary>
    int Decide(int request);
}
