using BriData.Cli;

return await BriDataCommand.Create(new Surroundings(Console.Out, Console.Error, Environment.GetEnvironmentVariable)).Parse(args).InvokeAsync();
