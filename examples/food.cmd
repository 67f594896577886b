@echo off
rem The food command on Windows: builds what is stale, then runs. Needs a JDK 17 or newer and Maven.
rem The script food beside it is for Linux and macOS; both take the same arguments. What is built and
rem with which options Java starts is in Launch.java, which Java runs from its source.
rem
rem   JAVA_HOME        the Java to build and run with (default: the java on the PATH)
rem   FOOD_HEAP        largest Java heap, such as 3g (default: a quarter of the memory, 512m to 3g)
rem   FOOD_NATIVE      largest native memory for tensors, such as 12g (default: 60 per cent)
rem   FOOD_SERVER_HEAP largest Java heap of food serve, such as 1g (default: 320m)
rem   FOOD_HOST, FOOD_PORT  where food serve listens, unless --host and --port say it
rem   FOOD_JAVA_OPTS   further options for Java, separated by spaces
rem   FOOD_CLASS_PATH  jars at the end of the class path, separated by semicolons
rem   FOOD_MAVEN_ARGS  further arguments for the build, such as -Pcuda or -o
rem   HADOOP_CONF_DIR  with --spark-master: the folder of core-site.xml, hdfs-site.xml, yarn-site.xml
setlocal
rem What is built sets its own.
set "CLASSPATH="
if not defined JAVA_HOME goto on_path
set "java=%JAVA_HOME%\bin\java.exe"
if not exist "%java%" goto no_java_home
if not exist "%JAVA_HOME%\release" goto start
rem A dot stands for the quotation mark before the number.
findstr /r /c:"^JAVA_VERSION=.1[7-9]" /c:"^JAVA_VERSION=.[2-9][0-9]" "%JAVA_HOME%\release" >nul
if errorlevel 1 goto old_java
goto start
:on_path
set "java=java.exe"
where /q java.exe
if errorlevel 1 goto no_java
rem The third word of: openjdk version "17.0.9" 2023-10-17
set "version="
for /f "tokens=3" %%v in ('java.exe -version 2^>^&1 ^| findstr /c:" version "') do set "version=%%~v"
echo "%version%" | findstr /r /c:"^.1[7-9]" /c:"^.[2-9][0-9]" >nul
if errorlevel 1 goto old_java_on_path
:start
"%java%" -Xmx64m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC "-Dfood.root=%~dp0.." "%~dp0command-line\src\main\java\org\food4j\cli\launch\Launch.java" %*
exit /b %errorlevel%
:no_java_home
>&2 echo food: JAVA_HOME is "%JAVA_HOME%", where there is no bin\java.exe; set it to a JDK 17 or newer.
exit /b 1
:old_java
>&2 echo food: Java 17 or newer is needed; set JAVA_HOME, now "%JAVA_HOME%", to a newer JDK.
exit /b 1
:old_java_on_path
>&2 echo food: Java 17 or newer is needed; the java on the PATH is Java "%version%". Set JAVA_HOME to a newer JDK.
exit /b 1
:no_java
>&2 echo food: No java on the PATH; install a JDK 17 or newer, or set JAVA_HOME.
exit /b 1
