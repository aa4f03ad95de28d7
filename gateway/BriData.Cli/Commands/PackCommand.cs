using System.CommandLine;
using System.Text;
using BriData.Cli.Platform;
using BriData.Policy.Analysis;
using BriData.Policy.RulePacks;

namespace BriData.Cli.Commands;

/// <summary><c>bridata pack</c>: works on a rule pack in a file, before it is drafted anywhere.</summary>
internal static class PackCommand
{
    public static Command Create(Surroundings surroundings) => new("pack", "Works on a rule pack in a file.")
    {
        CreateTest(surroundings),
        CreateAnalyse(surroundings),
    };

    private static Command CreateAnalyse(Surroundings surroundings)
    {
        var file = new Argument<FileInfo>("file") { Description = "The rule pack, YAML." };
        var notes = new Option<bool>("--notes") { Description = "Also show overlaps that are as they should be." };
        var command = new Command("analyse", "Looks for rules that never match, rules that overlap with different outcomes, and cases that no rule covers. Exit status 1 when there are some.") { file, notes };
        command.Runs(surroundings, async (arguments, cancellationToken) =>
        {
            var source = arguments.GetRequiredValue(file);
            var analysis = PackAnalyser.Analyse(await LoadAsync(source, surroundings), AnalysisLimits.Default, cancellationToken);
            foreach (var finding in arguments.GetValue(notes) ? analysis.Findings.Concat(analysis.Notes) : analysis.Findings)
            {
                await surroundings.Output.WriteLineAsync($"{source.Name}:{finding.Line}: {finding.Kind}: {finding.Explanation}");
                if (finding.Example is { } example)
                {
                    await surroundings.Output.WriteLineAsync(
                        $"  on {example.EventDate:yyyy-MM-dd} with {Encoding.UTF8.GetString(example.Facts.ToCanonicalJson())}: {example.Verdict.Outcome.ToCode()} by {example.Verdict.DecidingRule}");
                }
            }

            await surroundings.Output.WriteLineAsync(
                $"{analysis.Rules} rules, {analysis.Findings.Length} findings{(analysis.Complete ? "" : "; a limit was reached, there may be more")}");
            return analysis.Findings.IsEmpty ? ExitCodes.Ok : ExitCodes.Found;
        });
        return command;
    }

    private static Command CreateTest(Surroundings surroundings)
    {
        var file = new Argument<FileInfo>("file") { Description = "The rule pack, YAML." };
        var command = new Command("test", "Runs the pack's own test cases. Exit status 1 when one fails.") { file };
        command.Runs(surroundings, async (arguments, _) =>
        {
            var pack = await LoadAsync(arguments.GetRequiredValue(file), surroundings);
            var results = PackTestRunner.Run(pack);
            foreach (var failed in results.Where(result => !result.Passed))
            {
                await surroundings.Output.WriteLineAsync($"{arguments.GetRequiredValue(file).Name}:{failed.Case.Line}: {failed.Case.Name}: {failed.Failure}");
            }

            var failures = results.Count(result => !result.Passed);
            await surroundings.Output.WriteLineAsync($"{pack.Jurisdiction} {pack.Version}: {pack.Pack.Rules.Length} rules, {results.Length} cases, {failures} failed");
            return failures == 0 ? ExitCodes.Ok : ExitCodes.Found;
        });
        return command;
    }

    /// <summary>The compiled pack.</summary>
    /// <exception cref="CommandException">The file cannot be read, or is no rule pack; every error was written with its place.</exception>
    private static async Task<CompiledRulePack> LoadAsync(FileInfo file, Surroundings surroundings)
    {
        byte[] source;
        try
        {
            source = await File.ReadAllBytesAsync(file.FullName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCodes.Usage, $"{file} cannot be read: {e.Message}");
        }

        var parsed = RulePackParser.Parse(source);
        if (parsed.Pack is { } pack)
        {
            return CompiledRulePack.Compile(pack);
        }

        foreach (var error in parsed.Errors)
        {
            await surroundings.Output.WriteLineAsync($"{file.Name}:{error.Line}:{error.Column}: {error.Code}: {error.Message}");
        }

        throw new CommandException(ExitCodes.Usage, $"{file.Name} is not a rule pack: {parsed.Errors.Length} errors.");
    }
}
