using System;
using ModelBuild.Compiler.Cli;

return CommandLine.Run(args, Console.Out, Console.Error);
