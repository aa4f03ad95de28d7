using Microsoft.Extensions.Options;

namespace BriData.Storage.Sqlite.Hosting;

/// <summary>Refuses settings outside their documented ranges before anything is opened.</summary>
internal sealed class SqliteStorageOptionsValidator : IValidateOptions<SqliteStorageOptions>
{
    public ValidateOptionsResult Validate(string? name, SqliteStorageOptions options)
    {
        var problems = new List<string>();
        if (string.IsNullOrWhiteSpace(options.DataDirectory))
        {
            problems.Add($"{nameof(options.DataDirectory)} is empty.");
        }

        if (options.MaxQueuedAppends is < 1 or > 1_000_000)
        {
            problems.Add($"{nameof(options.MaxQueuedAppends)} is {options.MaxQueuedAppends}; 1 to 1,000,000 are allowed.");
        }

        if (options.BusyTimeout < TimeSpan.Zero || options.BusyTimeout > TimeSpan.FromMinutes(1))
        {
            problems.Add($"{nameof(options.BusyTimeout)} is {options.BusyTimeout}; 0 to 60 seconds are allowed.");
        }

        return problems.Count > 0 ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;
    }
}
