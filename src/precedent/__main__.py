from precedent.console.main import main

main()
