using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

// Every native signature is blittable, so nothing is marshalled behind the reader's back.
[assembly: DisableRuntimeMarshalling]
[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
